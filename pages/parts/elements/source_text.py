"""Sources as lines with publisher, date and link; how old a figure is; the first of many items. HTML, without a browser."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from html import escape

from metrics.schema.release import Release, cached_by_release
from pages.parts.shell.selection import View
from wording import Words, words

ITEMS_AT_MOST = 100


def first_items(view: View, items: Sequence[str], most: int = ITEMS_AT_MOST) -> str:
    """The first items of a list in HTML, and how many more there are."""
    more = len(items) - most
    rest = f"<li>{escape(view.words.t('drawer.more_rows', n=more))}</li>" if more > 0 else ""
    return "".join(items[:most]) + rest


def source_line(view: View, source: str) -> str:
    """A source with publisher, date and link, as HTML; cached, since lists have hundreds."""
    return _source_lines(view.release, view.selection.lang)(source)


@cached_by_release(8)
def _source_lines(release: Release, lang: str) -> Callable[[str], str]:
    """The lines of a release's sources, each made once."""
    rows, spoken = release.tables["sources"].set_index("source_id"), words(lang)
    return lru_cache(maxsize=None)(lambda source: _source_line(rows.loc[source], spoken))


def _source_line(row: Mapping[str, str], spoken: Words) -> str:
    title = escape(row["title"])
    linked = f'<a href="{escape(row["url"])}" target="_blank" rel="noopener noreferrer">{title}</a>' if row["url"] else title
    printed = spoken.edtf(row["published"]) if row["published"] else spoken.t("source.undated")
    return ", ".join(part for part in (linked, escape(row["publisher"]), escape(printed)) if part)


def sources_line(view: View, sources: tuple[str, ...], most: int = 2) -> str:
    """The first sources of a figure as HTML, and how many more there are."""
    lines = [source_line(view, source) for source in sources[:most]]
    more = [escape(view.words.n("figure.more_sources", len(sources) - most))] if len(sources) > most else []
    return view.words.t("figure.sources", sources="; ".join([*lines, *more])) if lines else escape(view.words.t("figure.no_sources"))


def age(view: View, days: int) -> str:
    """An age in words: in years from the second year on, else in months or days."""
    if days >= 730:
        return view.words.n("age.years", days // 365)
    return view.words.n("age.months", days // 30) if days >= 60 else view.words.n("age.days", days)
