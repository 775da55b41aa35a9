"""All relations at once: the headline, and the list, in which each has a strip of time with its last contact and next anniversary."""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from charts.strip import Mark, mark, place, ticks
from metrics.counting.coverage import last_covered
from metrics.counting.thresholds import threshold
from metrics.indicators.registry import read
from metrics.schema.dates import bounds, months_after
from metrics.schema.names import in_every_language, named_rows
from metrics.schema.release import cached_by_release
from metrics.themes import contacts, partners_by, relation_states
from pages.parts.elements.content import Headline
from pages.parts.elements.ties import dot_html
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import strong

COLUMNS = ("partner_city", "last_contact", "years_without", "standing", "subject", "anniversary", "contacts", "tie", "country")
"""The columns of the table that can be taken along."""


def headline(view: View) -> Headline:
    """How many partners were met, how many have no contact on record, and how many of those have an anniversary ahead."""
    words, rows = view.words, relations(view)
    if not len(rows):
        return Headline(words.t("headline.none", city=escape(view.home_name)))
    if not contacts.on_record(view.release):
        return Headline(words.t("city.start_unrecorded", partners=strong(words.n("count.partner_cities", len(rows)))))
    return Headline(" ".join(filter(None, (_met(view), _unmet(view), _ahead(view)))))


def _met(view: View) -> str:
    words, reading = view.words, read("partners_in_contact", view.release, view.selection.as_of)
    if not reading.value:
        return f"{words.formula(reading.formula)}."
    days = {"since": reading.formula.fields["since"], "until": reading.formula.fields["until"]}
    return words.t("city.start", n=strong(words.number(reading.value)), partners=len(relations(view)), **days)


def _unmet(view: View) -> str:
    many = int(relations(view)["quiet"].sum())
    fields = {"many": strong(view.words.number(many)), "years": threshold(view.release, "quiet_years")}
    return view.words.n("city.start_quiet", many, **fields) if many else ""


def _ahead(view: View) -> str:
    many = len(contacts.quiet_ahead(view.release, view.selection.as_of))
    fields = {"many": strong(view.words.number(many)), "months": contacts.AHEAD_MONTHS}
    return view.words.n("city.start_chance", many, **fields) if many else ""


@cached_by_release(32)
def relations(view: View):
    """The relations with all columns of the list in the reader's language. The frame is cached: do not change it."""
    words, rows = view.words, relation_states.states(view.release, view.selection.as_of)
    countries = named_rows(view.release, "country").set_index("country_code")
    dates = {text: words.edtf(text) for text in {*rows["contact_date"], *rows["next_when"]} if text} | {"": ""}
    states = {state: words.of("follow", state) for state in rows["state"].unique() if state} | {"": ""}
    kinds = {kind: f"{words.of('contact.kind', kind)}: " for kind in rows["kind"].unique() if kind} | {"": ""}
    signed = contacts.relations(view.release, view.selection.as_of).set_index("city_id")["source_id"]
    return rows.assign(
        cited=rows["met_source_id"].where(rows["met_source_id"] != "", rows["city_id"].map(signed)),
        name=words.names(rows),
        partner_city=words.names(rows),
        country=rows["country_code"].map(words.names(countries)),
        searched=in_every_language(rows, "name") + "\n" + rows["country_code"].map(in_every_language(countries, "name")).fillna(""),
        tie=rows["type"].map({tie: words.of("tie", tie) for tie in rows["type"].unique()}),
        last_contact=rows["contact_date"].map(dates | {"": words.t("contact.none_short")}),
        subject=rows["kind"].map(kinds) + words.names(rows, "subject"),
        years_without=rows["years"].where(rows["years"] >= 0).astype("Int64"),
        standing=rows["state"].map(states),
        anniversary=rows["next_when"].map(dates),
    )


def states(view: View) -> tuple[str, ...]:
    """The states that any relation is in, in their order: active first."""
    known = set(relations(view)["state"]) - {""}
    return (*(state for state in WORKED_OUT if state in known), *sorted(known.difference(WORKED_OUT)))


WORKED_OUT = ("active", "occasional", "quiet")


def matching(view: View, query: str, state: str, order: str):
    """The relations of the chosen kinds, regions and state that match a search, in one of `contacts.ORDERS`."""
    rows, chosen = relations(view), view.selection
    for column, wanted in (("type", chosen.types), ("region", chosen.regions), ("state", (state,) if state else ())):
        rows = rows[rows[column].isin(wanted)] if wanted else rows
    return contacts.put_in_order(partners_by.matching(rows, query, ["searched"]), order)


def parts(view: View) -> tuple[str, ...]:
    """What a row of the list tells beside the partner: of strip, met and next what the release has a contact or a date for."""
    met, coming = contacts.on_record(view.release), bool((relations(view)["next_when"] != "").any())
    return (*(("strip",) if met or coming else ()), *(("met",) if met else ()), *(("next",) if coming else ()))


def orders(view: View) -> tuple[str, ...]:
    """Those of `contacts.ORDERS` in which the relations differ."""
    known = parts(view)
    return contacts.ORDERS if "met" in known else ("anniversary", "name") if "strip" in known else ("name",)


def list_html(view: View, rows, along: Mapping[str, str]) -> str:
    """Relations as a list of links with their strips; `along` are the parameters of the address that each link keeps."""
    items = "".join(_row(view, row, along) for row in rows.to_dict("records"))
    look = {("strip", "next"): " unmet", ("strip", "met"): " unmet", (): " undated"}.get(parts(view), "")
    return f'<div class="relations{look}" style="{_places(view)}">{_heads(view)}<ol class="list">{items}</ol></div>'


def _places(view: View) -> str:
    """Where the day of the view, the last covered day and the months that count as recent lie, for the style sheet."""
    on = view.selection.as_of
    covered = last_covered(view.release, "contacts", on)
    days = {"now": on, "covered": covered, "recent": months_after(covered, -threshold(view.release, "active_months"))}
    if not contacts.on_record(view.release):
        days["recent"] = covered
    return ";".join(f"--{name}:{min(100.0, max(0.0, place(day, on))):.2f}%" for name, day in days.items())


def _heads(view: View) -> str:
    words = view.words
    years = "".join(f'<i style="left:{at}%">{year}</i>' for year, at in ticks(view.selection.as_of))
    cells = {"strip": f'<span class="strip">{years}</span>'}
    cells |= {part: f"<span>{escape(words.of('column', column))}</span>" for part, column in HEADS.items()}
    return f'<div class="heads" aria-hidden="true">{"".join(cells[part] for part in ("who", *parts(view)))}</div>'


HEADS = {"who": "partner_city", "met": "last_contact", "next": "anniversary"}


def _row(view: View, row: Mapping, along: Mapping[str, str]) -> str:
    words = view.words
    address = "?" + urlencode({**along, "city": row["city_id"]})
    beside = " · ".join(filter(None, (row["tie"], row["country"])))
    years = words.n("city.years", row["next_years"]) if row["next_when"] else ""
    coming = words.t("city.next_of", when=row["anniversary"], years=years) if years else words.t("city.next_none")
    cells = {"strip": f'<span class="strip" aria-hidden="true">{_marks(view, row)}</span>'}
    for part, text in {"met": row["last_contact"], "next": coming}.items():
        cells[part] = f'<span class="{part}"><span class="unseen">{escape(words.of("column", HEADS[part]))}: </span>{escape(text)}</span>'
    return (
        f'<li><a href="{escape(address)}" data-row="{escape(row["city_id"])}">'
        f'<span class="who">{dot_html(view, row["type"])}<b>{escape(row["name"])}</b> <small>{escape(beside)}</small></span>'
        f"{''.join(cells[part] for part in parts(view))}</a></li>"
    )


def _marks(view: View, row: Mapping) -> str:
    on, dates = view.selection.as_of, {f"met {row['state']}": row["contact_date"], "next": row["next_when"]}
    return "".join(_mark(kind, mark(*bounds(text), on)) for kind, text in dates.items() if text)


def _mark(kind: str, placed: Mark) -> str:
    look = f"{kind} before" if placed.before else f"{kind} vague" if placed.width else kind
    return f'<i class="{look}" style="left:{placed.at}%{f";width:{placed.width}%" if placed.width else ""}"></i>'
