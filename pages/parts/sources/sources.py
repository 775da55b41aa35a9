"""The page of sources: headline, list of sources with what rests on each, dictionary, undated counts, conflicts, backtest."""

from html import escape
from itertools import islice

from metrics.counting.coverage import newest_source
from metrics.counting.reading import When
from metrics.indicators.backtest import Trial, trials
from metrics.schema.dates import bounds
from metrics.schema.names import in_every_language
from metrics.schema.release import Release, cached_by_release
from metrics.schema.vocabulary import FAMILY
from metrics.verification.evidence import Contradiction, contradictions, rests, undated_counts
from pages.parts.elements.content import Headline
from pages.parts.elements.row_text import content, first_items, measure_name, number_of, reader, source_line, standing, subject, title_html
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import strong
from publishing.files.downloads import YES, title

PAGE = 40
"""Sources per page."""
DEFAULT = "agreements"
"""The table that is offered first."""
ORDERS = ("rests", "newest", "title")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@cached_by_release()
def resting(release: Release) -> dict[str, dict[str, int]]:
    """How many rows of each table rest on a source, by source id."""
    counts: dict[str, dict[str, int]] = {}
    for source, table, rows in rests(release).itertuples(index=False):
        counts.setdefault(source, {})[table] = rows
    return counts


def headline(view: View) -> Headline:
    """The headline: how many sources and rows, the newest source, and how many facts are contradicted."""
    words, release = view.words, view.release
    sources, rows = (
        len(release.tables["sources"]),
        sum(len(rows) for name, rows in release.tables.items() if name not in {"sources", *FAMILY}),
    )
    counts = {"sources": strong(words.n("count.sources", sources)), "rows": strong(words.n("count.rows", rows))}
    sentences = [words.t("sources.said", **counts)]
    printed, against = newest_source(release, view.selection.as_of), len(contradictions(release))
    if printed:
        sentences.append(words.t("sources.said_newest", day=When(printed)))
    conflicts = words.t("sources.said_conflicts", facts=strong(words.n("count.facts", against)))
    sentences.append(conflicts if against else words.t("sources.said_agree"))
    return Headline(" ".join(sentences))


def matching_sources(view: View, table: str, text: str, order: str) -> list:
    """The sources that match the search and the table, sorted."""
    query, counts, sources = text.casefold().split(), resting(view.release), view.release.tables["sources"]
    columns = (sources[name] for name in ("title", "publisher", "url", "source_id", "published"))
    searched = [" ".join(cells).casefold() for cells in zip(*columns, in_every_language(sources, "note"), strict=True)]
    rows = [
        row
        for row, own in zip(sources.itertuples(), searched, strict=True)
        if (not table or table in counts.get(row.source_id, {})) and all(word in own for word in query)
    ]
    by = {
        "rests": lambda row: -(counts.get(row.source_id, {}).get(table, 0) if table else sum(counts.get(row.source_id, {}).values())),
        "newest": lambda row: -(bounds(row.published)[0].toordinal() if row.published else 0),
        "title": lambda row: row.title.casefold(),
    }
    return sorted(rows, key=by[order])


def source_html(view: View, row, table: str, indicators: tuple[str, ...]) -> str:
    """One source: its title and link, publisher and date, what rests on it, and which readings cite it."""
    words, lang = view.words, view.selection.lang
    linked = escape(row.title)
    if row.url:
        linked = f'<a href="{escape(row.url)}" target="_blank" rel="noopener noreferrer">{linked}</a>'
    printed = escape(words.edtf(row.published)) if row.published else f'<em class="undated">{escape(words.t("source.undated"))}</em>'
    quiet = ", ".join(filter(None, (escape(row.publisher), printed)))
    counts = resting(view.release).get(row.source_id, {})
    tables = ", ".join(f"{escape(title(name, lang))} {words.number(rows)}" for name, rows in counts.items())
    bears = f'<b class="sum">{words.number(counts[table] if table else sum(counts.values()))}</b>'
    read = ""
    if indicators:
        names = ", ".join(words.of("indicator", indicator) for indicator in indicators)
        read = f'<span class="when">{escape(words.t("sources.read_by", indicators=names))}</span>'
    note = escape(words.name(row._asdict(), "note"))
    return (
        f'<li>{bears}{linked}<span class="when">{quiet}{" · " if note else ""}{note}</span>'
        f'<span class="when">{tables or escape(words.t("sources.carries_nothing"))}</span>{read}</li>'
    )


def column_html(view: View, row) -> str:
    """One column of the dictionary."""
    kind = ", ".join(part for part in (row.kind, row.unit) if part)
    need = view.words.t("sources.required") if row.required == YES.of(view.selection.lang) else view.words.t("sources.may_be_empty")
    allowed = f"<p>{escape(view.words.t('sources.allowed', values=row.allowed))}</p>" if row.allowed else ""
    example = f"<p>{escape(view.words.t('sources.example'))} <code>{escape(row.example)}</code></p>"
    return (
        f'<section class="column"><h3>{escape(row.title)} <code>{escape(row.column)}</code></h3><p>{escape(row.description)}</p>'
        f'<div class="quiet"><p>{escape(kind)}, {escape(need)}</p>{allowed}{example}</div></section>'
    )


@cached_by_release(8)
def undated_html(release: Release, lang: str) -> str:
    """The published counts without a date as items of a list, each with its source."""
    view = reader(release, lang)
    items = [
        f'<li><b class="sum">{escape(number_of(view, row["value"], row["unit"]))}</b>{measure_name(view, row)}{standing(view, row)}</li>'
        for row in undated_counts(release).to_dict("records")
    ]
    return first_items(view, items)


AT_ONCE = 80
"""Facts shown at first, and added with each click on "more"."""
UNSAID = ("primary", "conflict")
"""Standings that the two columns imply."""


@cached_by_release()
def facts_html(release: Release, lang: str, table: str, most: int) -> str:
    """The first facts as HTML, the same for every reader of a release and language."""
    view, facts = reader(release, lang), (fact for fact in contradictions(release) if table in ("", fact.table))
    return "".join(_fact(view, fact) for fact in islice(facts, most))


def _fact(view: View, fact: Contradiction) -> str:
    """One fact as three cells: its subject, the rows used, the rows that contradict them."""
    used, against = fact.used.to_dict("records"), fact.otherwise.to_dict("records")
    name = subject(view, fact.table, (used or against)[0])
    kind = escape(title(fact.table, view.selection.lang))
    none = f'<p class="when">{escape(view.words.t("sources.none_used"))}</p>'
    return (
        f'<div class="fact"><div><b>{name}</b><span class="when">{kind}</span></div>'
        f"<div>{_rows(view, fact.table, used) or none}</div><div>{_rows(view, fact.table, against)}</div></div>"
    )


def _rows(view: View, table: str, rows: list[dict]) -> str:
    return "".join(f"<p>{escape(content(view, table, row))}{standing(view, row, UNSAID)}</p>" for row in rows)


@cached_by_release(8)
def trials_html(release: Release, lang: str) -> str:
    view, results = reader(release, lang), trials(release)
    outside = [trial for trial in results if trial.reason]
    title = view.words.n("sources.backtest", len(results), inside=len(results) - len(outside))
    items = "".join(_trial(view, trial) for trial in outside)
    return f'{title_html(title, view.words.t("sources.backtest_how"))}<ul class="list">{items}</ul>'


def _trial(view: View, trial: Trial) -> str:
    words, count = view.words, trial.count
    return (
        f"<li>{escape(words.of('indicator', trial.indicator))}, {escape(words.show(When(count.as_of)))}"
        f'<span class="when">{escape(words.formula(trial.reason))}. {source_line(view, count.source_id)}</span></li>'
    )
