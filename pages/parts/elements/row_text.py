"""Rows of tables and their sources as text and HTML in the reader's language; lists of them. Needs no browser."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from urllib.parse import quote, urlencode

from metrics.counting.measuring import in_unit, is_currency
from metrics.counting.reading import When
from metrics.indicators.registry import INDICATORS
from metrics.schema.fiscal_years import begins_on, of_amount
from metrics.schema.names import names
from metrics.schema.release import Release, cached_by_release
from pages.parts.elements.content import Item, Listing
from pages.parts.elements.ties import dot_html
from pages.parts.shell.selection import Selection, View
from wording import Words, words_of

ITEMS_AT_MOST = 100


def first_items(view: View, items: Sequence[str], most: int = ITEMS_AT_MOST) -> str:
    """The first items of a list in HTML, and how many more there are."""
    more = len(items) - most
    return "".join(items[:most]) + (f"<li>{escape(view.words.t('drawer.more_rows', n=more))}</li>" if more > 0 else "")


def with_headings(view: View, rows, columns=None):
    """Some columns of a frame, by default all, with their headings in the reader's language."""
    rows = rows if columns is None else rows[list(columns)]
    return rows.rename(columns={column: view.words.of("column", column) for column in rows.columns})


def readable(view: View, rows, unit: str = ""):
    """A frame with days and numbers as texts of the reader's language, numbers but years in a unit; what is not known is empty."""
    return rows.assign(**{column: [_cell(view, column, value, unit) for value in rows[column]] for column in rows.columns})


def _cell(view: View, column: str, value, unit: str) -> str:
    if isinstance(value, str):
        return view.words.edtf(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else value
    if value is None or value != value:
        return ""
    return f"{value:.0f}" if column == "year" else view.words.amount(value, unit)


def title_html(title: str, measure: str = "", level: str = "h2") -> str:
    """The title of a part of a page, and what it measures or lists."""
    under = f'<div class="subtitle">{escape(measure)}</div>' if measure else ""
    return f'<{level} class="title">{escape(title)}</{level}>{under}'


def fold_html(view: View, what: str = "chart", opened: bool = False) -> str:
    """The switch that shows a chart, a list or filters on a phone, where the overview folds them (stylesheet.css)."""
    return f'<details class="fold"{" open" if opened else ""}><summary>{escape(view.words.t(f"fold.{what}"))}</summary></details>'


def empty_html(sentence: str) -> str:
    """The sentence in place of what is not there."""
    return f'<div class="empty">{escape(sentence)}</div>'


def source_line(view: View, source: str) -> str:
    """A source with publisher, date and link, as HTML; cached, since lists have hundreds."""
    return _source_lines(view.release, view.selection.lang)(source)


@cached_by_release(8)
def _source_lines(release: Release, lang: str) -> Callable[[str], str]:
    """The lines of a release's sources, each made once."""
    rows, spoken = release.tables["sources"].set_index("source_id"), words_of(release, lang)
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


Row = dict


def subject(view: View, table: str, row: Row) -> str:
    """The subject of a row, as HTML."""
    return SUBJECTS[table](view, row)


def content(view: View, table: str, row: Row) -> str:
    """The content of a row: its value, its date, or both, as text."""
    return " · ".join(part for part in CONTENTS[table](view, row) if part) or view.words.t("sources.says_none")


def reader(release: Release, lang: str) -> View:
    """A view for what depends only on release and language, so that it is cached once for all readers."""
    return View(Selection(date.min, lang), (), release, "light", date.min)


def standing(view: View, row: Row, unsaid: tuple[str, ...] = ("primary",)) -> str:
    """The standing of a row, as HTML: its role unless it is in `unsaid`, its note, its source."""
    words = view.words
    role = "" if row.get("role", "primary") in unsaid else f"<em>{escape(words.of('standing', row['role']))}</em> "
    note = f"{escape(text)} " if (text := words.name(row, "note")) else ""
    return f'<span class="when">{role}{note}{source_line(view, row["source_id"])}</span>'


def standing_item(view: View, row: Row, text: str = "", marks: tuple[str, ...] = (), unsaid: tuple[str, ...] = ("primary",)) -> Item:
    """A row as an item with its text, marks, and the same as in `standing`; of kind "aside" where it is not counted."""
    role = row.get("role", "primary")
    marks += () if role in unsaid else (view.words.of("standing", role),)
    note = view.words.name(row, "note")
    return Item(text, marks=marks, note=note, sources=(row["source_id"],), kind="" if role == "primary" else "aside")


def act_line(view: View, act: Row) -> str:
    """An agreement in a line: its kind, when it was signed, its term, whether it renews, and when it ended, as far as on record."""
    words = view.words
    dates = {"partners.valid_until": act["valid_until"], "partners.ended": act["ended"]}
    parts = [
        words.of("tie", act["type"]),
        words.edtf(act["signed"]),
        *(words.t(key, when=words.edtf(on)) for key, on in dates.items() if on),
    ]
    return ", ".join([*parts, *([words.of("renews", act["renews"])] if act["renews"] else [])])


def _named(view: View, entity: str, key: str) -> str:
    return escape(_names(view.release, entity, view.selection.lang).get(key, key))


@cached_by_release()
def _names(release: Release, entity: str, lang: str) -> dict[str, str]:
    return names(release, entity, lang).to_dict()


def _word(view: View, family: str, value: str) -> str:
    """The word for a value; the value itself, marked as English, where it has none."""
    word = view.words.of(family, value)
    return f'<span lang="en">{escape(value.replace("_", " "))}</span>' if word == f"{family}.{value}" else escape(word)


def measure_name(view: View, row: Row) -> str:
    """The name of what was counted, and of which part of it, as HTML."""
    family = "indicator" if row["measure"] in INDICATORS else "measure"
    name = _word(view, family, row["measure"])
    kind, _, part = row["dimension"].partition(":")
    if not part:
        return name
    known = kind in ("network", "event") and part in _names(view.release, kind, view.selection.lang)
    return f"{name}, {_named(view, kind, part) if known else _word(view, kind if kind in ('region', 'sector') else 'part', part)}"


def number_of(view: View, value: float, unit: str) -> str:
    """A published figure by its unit: money, per cent, or a plain number."""
    return view.words.show(in_unit(value, unit))


def _when(view: View, *dates: str) -> str:
    """Dates from and until, as far as they are known."""
    first, *rest = [view.words.edtf(text) for text in dates if text] or [view.words.edtf("")]
    return view.words.t("bounds.short", lower=first, upper=rest[0]) if rest else first


def _of_event(view: View, row: Row) -> list[str]:
    counted = [(name, row[name]) for name in ("cities", "countries", "participants") if row[name] == row[name]]
    return [_when(view, row["start"], row["end"]), *(view.words.n(f"count.{name}", value) for name, value in counted)]


def _due(view: View, row: Row) -> str:
    due = of_amount(row["due"], begins_on(view.release)) if is_currency(row["unit"]) else row["due"]
    return view.words.t("sources.due_set" if due else "sources.no_due", due=When(due), set_on=When(row["set_on"]))


def _plan_item(view: View, item: str) -> str:
    """The name of an item of the plan, or the words for one that the summary does not name."""
    return _named(view, "plan_item", item) or escape(view.words.t("plan.not_named"))


SUBJECTS: dict[str, Callable[[View, Row], str]] = {
    "agreements": lambda view, row: f"{_named(view, 'city', row['city_id'])}, {_word(view, 'tie', row['type'])}",
    "agreement_areas": lambda view, row: f"{_named(view, 'city', row['city_id'])}, {escape(view.words.name(row, 'area'))}",
    "contacts": lambda view, row: f"{_named(view, 'city', row['city_id'])}, {escape(view.words.name(row, 'subject'))}",
    "policy_exports": lambda view, row: escape(view.words.name(row, "project")),
    "published_counts": measure_name,
    "fund": lambda view, row: f"{_word(view, 'fund_kind', row['fund'])}, {_word(view, 'fund_measure', row['measure'])}",
    "targets": lambda view, row: _word(view, "indicator" if row["indicator"] in INDICATORS else "measure", row["indicator"]),
    "organisation_events": lambda view, row: (
        f"{_named(view, 'organisation', row['organisation_id'])}, {_word(view, 'happened', row['event'])}"
    ),
    "network_memberships": lambda view, row: (
        f"{_named(view, 'network', row['network_id'])}, {_word(view, 'membership', row['membership'])}"
    ),
    "events": lambda view, row: escape(view.words.name(row)),
    "plan_items": lambda view, row: _plan_item(view, row["item_id"]),
    "plan_evidence": lambda view, row: f"{_plan_item(view, row['item_id'])}, {_word(view, 'shows', row['shows'])}",
    "relation_states": lambda view, row: f"{_named(view, 'city', row['city_id'])}, {_word(view, 'follow', row['state'])}",
    "commitments": lambda view, row: f"{_named(view, 'city', row['city_id'])}, {escape(view.words.name(row, 'what'))}",
    "owners": lambda view, row: escape(view.words.name(row, "office")),
    "peer_places": lambda view, row: escape(view.words.name(row)),
    "peer_ties": lambda view, row: f"{_named(view, 'peer', row['peer_id'])}, {_named(view, 'peer', row['partner_id'])}",
    "peer_counts": lambda view, row: f"{_named(view, 'peer', row['place_id'])}, {escape(view.words.name(row, 'counted'))}",
    "claims": lambda view, row: escape(view.words.name(row, "said")),
    "annotations": lambda view, row: escape(view.words.name(row, "title")),
    "coverage": lambda view, row: _word(view, "theme", row["theme"]),
}
CONTENTS: dict[str, Callable[[View, Row], list[str]]] = {
    "agreements": lambda view, row: [view.words.of("tie", row["type"]), _when(view, row["signed"])],
    "agreement_areas": lambda view, row: [_when(view, row["agreed"])],
    "contacts": lambda view, row: [_when(view, row["date"]), view.words.of("contact.kind", row["kind"])],
    "policy_exports": lambda view, row: [_when(view, row["started"]), row["value_as_published"]],
    "published_counts": lambda view, row: [number_of(view, row["value"], row["unit"]), _when(view, row["as_of"])],
    "fund": lambda view, row: [
        view.words.money(row["value"], row["currency"]) if row["value"] == row["value"] else "",
        _when(view, of_amount(row["date"], begins_on(view.release)) if row["value"] == row["value"] else row["date"]),
    ],
    "targets": lambda view, row: [number_of(view, row["value"], row["unit"]), _due(view, row)],
    "organisation_events": lambda view, row: [_when(view, row["date"])],
    "network_memberships": lambda view, row: [_when(view, row["start"], row["end"])],
    "events": _of_event,
    "plan_items": lambda view, row: [view.words.of("wording", row["wording"])],
    "plan_evidence": lambda view, row: [_when(view, row["date"])],
    "relation_states": lambda view, row: [_when(view, row["date"]), view.words.name(row, "decided_by")],
    "commitments": lambda view, row: [view.words.of("follow", row["state"]), _when(view, row["agreed"])],
    "owners": lambda view, row: [view.words.of("indicator", row["indicator"])] if row["indicator"] else [],
    "peer_places": lambda view, row: [view.words.of("level", row["level"])],
    "peer_ties": lambda view, row: [],
    "peer_counts": lambda view, row: [view.words.number(row["value"]), _when(view, row["as_of"])],
    "claims": lambda view, row: [_when(view, row["stated_date"]) if row["stated_date"] else number_of(view, row["value"], row["unit"])],
    "annotations": lambda view, row: [_when(view, row["start"], row["end"])],
    "coverage": lambda view, row: [_when(view, row["until"])],
}


Address = Mapping[str, str] | None


def listing_html(view: View, listing: Listing, address: Address) -> str:
    """Title, measure and items, or the sentence for none. `address` is added to links; None: no links."""
    body = "".join(_group(view, listing, title, items, address) for title, items in listing.groups if items)
    if listing.look and body:
        body = f'<div class="scroll {listing.look}" tabindex="0">{body}</div>'
    if not body and listing.empty:
        body = empty_html(listing.empty)
    return title_html(listing.title, listing.measure) + body


def _group(view: View, listing: Listing, title: str, items: Iterable[Item], address: Address) -> str:
    named = f'<h3 class="part">{escape(title)}</h3>' if title else ""
    style = "timeline" if listing.look == "contacts" else "list"
    return f'{named}<ul class="{style}">{first_items(view, [item_html(view, item, address) for item in items], listing.most)}</ul>'


def item_html(view: View, item: Item, address: Address) -> str:
    """An item as `<li>`: its dot, lead, text and points, its accounts, and the line with note and sources."""
    dot = dot_html(view, item.kind)
    look = f' class="{item.kind}"' if item.kind and not dot else ""
    points = "".join(f"<li>{escape(point)}</li>" for point in item.points)
    points = f'<ul class="areas">{points}</ul>' if points else ""
    accounts = "".join(f'<p class="told {account.kind}">{_item_line(view, account)}</p>' for account in item.accounts)
    return f"<li{look}>{dot}{link_html(item, address)}{' ' if item.name else ''}{_item_line(view, item, points + accounts)}</li>"


def link_html(item: Item, address: Address) -> str:
    """The name of an item as its link."""
    if not item.name:
        return ""
    if address is None:
        return escape(item.name)
    query = escape(urlencode({**item.chosen, **address}, quote_via=quote))
    return f'<a class="door" href="?{query}">{escape(item.name)}</a>'


def _item_line(view: View, item: Item, inside: str = "") -> str:
    lead = f"<b>{escape(item.lead)}</b> " if item.lead else ""
    marks = "".join(f"<em>{escape(mark)}</em> " for mark in item.marks)
    details = [escape(part) for part in (", ".join(filter(None, item.facts)), item.note) if part]
    details = [part if part.endswith(".") else f"{part}." for part in details]
    details += ["; ".join(source_line(view, source) for source in item.sources)] if item.sources else []
    when = f'<span class="when">{" ".join(details)}</span>' if details else ""
    quoted = f' <span lang="en">({escape(item.quoted)})</span>' if item.quoted else ""
    return f"{lead}{marks}{escape(item.text)}{quoted}{inside}{when}"
