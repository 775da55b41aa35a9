"""The dossier of a city: its records by the date of the view, the headline, the history as a chart, the small map."""

from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from charts import history
from charts.map import Kind, World
from charts.map import world as drawn_world
from charts.theme import drawn
from metrics.schema.names import columns, names, original
from metrics.schema.release import Release, cached_by_release
from metrics.schema.vocabulary import tie_kinds
from metrics.themes import contacts, exports_by, relation_states
from metrics.themes.partnerships import documented_partners
from pages.parts.elements.content import Figure, Headline
from pages.parts.elements.map import home_of
from pages.parts.elements.row_text import act_line
from pages.parts.elements.ties import map_kinds, only_standard
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import strong

MOST = 1000
"""With more cities than this the select box is left out; the list on the start page has a search."""


@dataclass(frozen=True, eq=False)
class City:
    """All records of a city by the date of a view. The frames are cached: do not change them.

    `row` of `cities`; `tie`: its row of `documented_partners` or None; `signed` (`metrics.themes.contacts.acts`), `agreements` (all roles),
    `areas`, `met` (contacts), `last` (the last one held, or None), `exported` (projects counted or shown), `coming` (anniversaries),
    `following` (the next of the tie, or None).
    """

    name: str
    country: str
    row: Any
    tie: Any
    signed: Any
    agreements: Any
    areas: Any
    met: Any
    last: Any
    exported: Any
    coming: Any
    following: Any
    quiet: bool


def chosen(view: View) -> bool:
    """Whether the address names a city other than the home city."""
    return view.selection.city not in ("", view.home.get("city_id"))


@cached_by_release()
def about(view: View) -> City:
    """The records of the city in the address. Raises KeyError where it names none."""
    records = _records(view.release, view.selection.as_of, view.selection.city)
    code = records["row"]["country_code"]
    country = names(view.release, "country", view.selection.lang).get(code, code)
    return City(name=view.words.name(records["row"]), country=country, **records)


@cached_by_release(16)
def _records(release: Release, on: date, city: str) -> dict[str, Any]:
    """The fields of a City that are the same in every language."""
    row = release.tables["cities"].set_index("city_id", drop=False).loc[city]
    met, coming = contacts.contacts_of(release, city, on), contacts.next_anniversaries(release, on)
    partners, signed = documented_partners(release, on), contacts.acts(release, on)
    relations, following = contacts.relations(release, on), contacts.next_of_each(release, on)
    return {
        "row": row,
        "tie": _first(partners[partners["city_id"] == city]),
        "signed": signed[signed["city_id"] == city],
        "agreements": contacts.by_then(release.tables["agreements"], "signed", city, on),
        "areas": contacts.by_then(release.tables["agreement_areas"], "agreed", city, on),
        "met": met,
        "last": _first(met[met["held"]]),
        "exported": exports_by.listed(exports_by.at_city(release, exports_by.projects(release, on), city)),
        "coming": coming[coming["city_id"] == city],
        "following": _first(following[following["city_id"] == city]),
        "quiet": bool(relations.loc[relations["city_id"] == city, "quiet"].any()),
    }


def _first(rows: Any) -> Any:
    return rows.iloc[0] if len(rows) else None


def headline(view: View) -> Headline:
    """The headline: the tie, the state that was decided, the last contact. The card beneath it tells the rest."""
    return Headline(" ".join(filter(None, (_who(view), _state(view), _last(view)))))


def sentences(view: View) -> list[str]:
    """The sentences of the dossier, as HTML."""
    many = exports_by.documented(about(view).exported)
    exports = view.words.t("city.said_exports", projects=strong(view.words.n("count.projects", many))) if many else ""
    return [sentence for sentence in (_who(view), _state(view), exports, _last(view), _next(view)) if sentence]


def _who(view: View) -> str:
    words, city = view.words, about(view)
    fields = {"city": strong(city.name), "country": escape(city.country), "home": escape(view.home_name)}
    if city.tie is None:
        if not len(city.signed):
            disputed = city.agreements["role"].isin(["disputed"]).any() or (city.agreements["type"] == "unclear").any()
            return words.t("city.said_disputed" if disputed else "city.said_none", **fields)
        listed = ", ".join(escape(act_line(view, act)) for act in city.signed.to_dict("records"))
        return words.t("city.said_acts" if only_standard(view) else "city.said_other_acts", acts=listed, **fields)
    tie, when = city.tie["type"], strong(words.edtf(city.tie["became"]))
    if not city.tie["certain"]:
        return words.t("city.said_perhaps", tie=escape(words.of("tie", tie)), when=when, **fields)
    former, since = city.tie["former"], escape(words.edtf(city.tie["former_since"]))
    named = tie if words.has_sentences(tie) else "tie"
    fields |= {"tie": escape(words.of("tie", tie)), "when": when}
    if not city.tie["became"]:
        return words.t(f"city.said_{named}_undated", **fields)
    if former and words.has_sentences(tie, former):
        return words.t("city.said_upgraded", since=since, **fields)
    if former:
        return words.t("city.said_raised", former=escape(words.of("tie", former)), since=since, **fields)
    return words.t(f"city.said_{named}", **fields)


def _state(view: View) -> str:
    """The state of the relation that was decided, with the reason and the office; nothing where none was."""
    words, states = view.words, relation_states.recorded_states(view.release, view.selection.as_of)
    if view.selection.city not in states.index:
        return ""
    row = states.loc[view.selection.city]
    state = words.t("city.said_state", state=strong(words.of("follow", row["state"])), when=escape(words.edtf(row["date"])))
    reason, office = (escape(words.name(row, name)) for name in ("reason", "decided_by"))
    return " ".join(filter(None, (state, reason and f"{reason}.", office and words.t("city.said_state_by", office=office))))


def _last(view: View) -> str:
    words, city = view.words, about(view)
    if not contacts.on_record(view.release):
        return words.t("city.said_unrecorded")
    if city.last is None:
        dates = city.met.loc[city.met["used"], "date"]
        return words.t("city.said_announced", when=strong(words.edtf(dates.iloc[0]))) if len(dates) else words.t("city.said_no_contact")
    subject = escape(words.name(city.last, "subject"))
    return words.t("city.said_last", when=strong(words.edtf(city.last["date"])), subject=subject)


def _next(view: View) -> str:
    words, row = view.words, about(view).following
    if row is None:
        return ""
    fields = {"years": strong(words.n("city.years", row["years"])), "when": strong(words.edtf(row["when"]))}
    return words.t("city.said_next" if row["first"] else "city.said_next_act", signed=escape(words.edtf(row["signed"])), **fields)


@cached_by_release(8)
def city_labels(release: Release, lang: str) -> dict[str, str]:
    """A label for each city: its names in all languages, the reader's first."""
    rows = release.tables["cities"]
    called = zip(*(rows[column] for column in columns(rows, "name", lang, original(release))), strict=True)
    return {city: " · ".join(dict.fromkeys(filter(None, own))) for city, own in zip(rows["city_id"], called, strict=True)}


LANES = {"agreements": "city.lane_agreements", "contacts": "city.lane_contacts", "exports": "city.lane_exports"}


@cached_by_release()
def dated_records(view: View):
    """The dated records of the city in order of time: the frame of `charts.history.figure` with when, what (text) and source_id."""
    words, palette, city = view.words, view.palette, about(view)
    colours = {code: vars(palette)[kind.colour] for code, kind in tie_kinds(view.release).items()}
    signed, met, exported = (rows.to_dict("records") for rows in (city.signed, city.met[city.met["used"]], city.exported))
    return contacts.history(
        [
            _record(view, "agreements", row, "signed", words.of("tie", row["type"]), colours.get(row["type"], palette.grey), row["certain"])
            for row in signed
        ],
        [_record(view, "contacts", row, "date", words.name(row, "subject"), palette.ink, row["status"] == "held") for row in met],
        [
            _record(view, "exports", row, "started", words.name(row, "project"), palette.muted, row["counted"])
            for row in exported
            if row["started"]
        ],
    )


def _record(view: View, lane: str, row: dict, date: str, what: str, colour: str, filled: bool) -> dict:
    when = view.words.edtf(row[date])
    texts = {"edtf": row[date], "when": when, "what": what, "label": f"{when}: {what}", "source_id": row["source_id"]}
    return {"lane": lane, "filled": bool(filled), "colour": colour, **texts}


@cached_by_release()
def figure(view: View) -> Figure | None:
    """The history as a figure; None where no record has a date."""
    words, rows = view.words, dated_records(view)
    if not len(rows):
        return None
    lanes = [(lane, words.t(key)) for lane, key in LANES.items() if (rows["lane"] == lane).any()]
    city = about(view)
    meetings, projects = int(city.met["held"].sum()), exports_by.documented(city.exported)
    parts = [words.n("city.n_agreements", len(city.signed)), words.n("city.n_contacts", meetings), words.n("count.projects", projects)]
    many = [part for part, n in zip(parts, (len(city.signed), meetings, projects), strict=True) if n]
    title = words.t("city.history", parts=", ".join(many)) if many else words.n("city.history_hollow", len(rows))
    drawing = drawn(history.figure(rows, lanes, view.selection.as_of, view.palette))
    measure, sources = words.t("city.history_measure"), tuple(rows["source_id"][::-1])
    return Figure("city-history", "partners_in_contact", title, measure, drawing, lambda: _table(view), sources)


def _table(view: View):
    """The table of the history: when, what kind of record, and what."""
    rows, words = dated_records(view), view.words
    kinds = rows["lane"].map({lane: words.t(key) for lane, key in LANES.items()})
    standing = rows["filled"].map({True: "", False: words.t("city.hollow")})
    return rows[["when", "what"]].assign(record=kinds, standing=standing)[["when", "record", "what", "standing"]]


OTHER = Kind("other", "ink", True, 5.5)
"""A city without a tie in force: a dot in ink, as on the map of exports."""


def alt(view: View) -> str:
    """The alternative text of the map."""
    return view.words.t("city.map_alt", city=about(view).name, home=view.home_name)


def place(view: View) -> str:
    """The country, region and population of the city."""
    city, words = about(view), view.words
    parts = [city.country, words.of("region", city.row["region"])]
    people = city.row["population"]
    if people == people and (city.row["level"] == "city" or city.row["coordinate_basis"] in ("", "city")):
        parts.append(words.t("city.people", n=people))
    return ", ".join(part for part in parts if part)


@cached_by_release()
def world(view: View) -> World:
    """The map centred on home with the city ringed."""
    city, rows = about(view), view.release.tables["cities"]
    kind, line = (OTHER.type, "") if city.tie is None else (city.tie["type"], view.words.of("tie", city.tie["type"]))
    rows = rows[rows["city_id"] == view.selection.city]
    rows = rows.assign(type=kind, name=city.name, country=city.country, line=line, since="")
    return drawn_world(rows, home_of(view), view.palette, view.selection.city, (*map_kinds(view.release), OTHER))
