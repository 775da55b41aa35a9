"""A dossier as slides, and as a briefing of few slides that a single sheet has room for. Must not draw anything."""

from dataclasses import replace
from functools import lru_cache

from charts.map import legend
from exports.slides import Briefing, Map, Piece, Slide, Table, Text
from metrics.themes import contacts
from pages.parts.city import lists
from pages.parts.city.city import about, act_line, said
from pages.parts.city.history import figure
from pages.parts.city.map import alt, place, world
from pages.parts.elements.slide_pieces import chart, plain, sources
from pages.parts.shell.selection import View

KIND = "city"
ON_A_SHEET = 8
"""Contacts and agreements on a single sheet: the newest; the page has all."""


@lru_cache(maxsize=16)
def city_slide(view: View) -> Slide:
    """The dossier on one slide: its sentence, history, map, areas of the agreements, and last contacts."""
    shown, city = figure(view), about(view)
    pieces: list[Piece] = [chart(view, shown)] if shown else []
    if view.home and city.row["lat"] == city.row["lat"]:
        pieces.append(_map(view))
    pieces.append(Text(_areas(view) or lists.unknown(view), title=_agreements_title(view) or view.words.t("city.missing"), listed=True))
    return Slide(KIND, _headline(view), tuple(pieces), sources=sources(view, lists.cited(view)))


@lru_cache(maxsize=16)
def dossier(view: View) -> Briefing:
    """The dossier to be laid out on a single sheet: in light colours, with the newest rows of each list."""
    light, words = replace(view, scheme="light"), view.words
    chosen, title = view.selection, words.t("city.dossier", city=about(view).name)
    parts = (city_slide(light), agreements(light, ON_A_SHEET), met(light, ON_A_SHEET), ahead(light))
    slides = tuple(slide for slide in parts if slide)
    return Briefing(title, view.home_name, chosen.as_of, view.release.number, chosen.lang, light.palette, slides)


def _headline(view: View) -> str:
    return plain(" ".join(said(view)))


def _map(view: View) -> Map:
    words, city = view.words, about(view)
    kinds = tuple((words.t(key), colour, shape) for key, colour, shape in legend(view.palette) if _on_it(key, city.tie))
    return Map(city.name, place(view), world(view), alt(view), kinds, words.t("city.disclaimer"))


def _on_it(key: str, tie) -> bool:
    return key == "chart.map_home" or (tie is not None and key == f"chart.map_{tie['type']}")


def _agreements_title(view: View) -> str:
    words, city = view.words, about(view)
    areas = int((city.areas["role"] == "primary").sum())
    many = words.n("city.n_agreements", len(city.signed))
    if not len(city.signed) and not areas:
        return ""
    return words.t("city.agreements_and_areas" if areas else "city.agreements_only", agreements=many, areas=words.n("area.count", areas))


def _areas(view: View) -> tuple[str, ...]:
    """Each act with its areas as a line, the newest first."""
    return tuple(f"{line}: {areas}" if areas else line for line, areas in _acts(view))


def _acts(view: View) -> list[tuple[str, str]]:
    city, name = about(view), f"area_{view.selection.lang}"
    areas = city.areas[city.areas["role"] == "primary"]
    named = areas.groupby("agreement_id")[name].agg(list).to_dict()
    signed = [(act_line(view, act), named.get(act["agreement_id"], [])) for act in city.signed.to_dict("records")]
    rest = areas[~areas["agreement_id"].isin(city.signed["agreement_id"])]
    beside = [(view.words.t("area.without_agreement", when=view.words.edtf(day)), rows[name]) for day, rows in rest.groupby("agreed")]
    return [(line, ", ".join(named)) for line, named in [*reversed(signed), *reversed(beside)]]


def agreements(view: View, most: int | None = None) -> Slide | None:
    """The agreements with their areas, or the newest of them."""
    words, title = view.words, _agreements_title(view)
    if not title:
        return None
    heads = (words.t("city.lane_agreements"), words.of("column", "areas"))
    cited = tuple(dict.fromkeys([*about(view).signed["source_id"], *about(view).areas["source_id"]]))
    return Slide(f"{KIND}-agreements", title, (Table(title, heads, tuple(_acts(view)[:most])),), sources=sources(view, cited))


def met(view: View, most: int | None = None) -> Slide | None:
    """The recorded contacts, or the newest of them."""
    words, rows = view.words, about(view).met
    rows = rows[rows["used"]]
    if not len(rows):
        return None
    title, heads = lists.contacts_title(view), tuple(words.of("column", name) for name in ("when", "what", "record", "standing"))
    table = Table(title, heads, tuple(_contact(view, row) for row in rows.head(most or len(rows)).to_dict("records")))
    pieces = (table, Text((words.t("contact.coverage"),)))
    return Slide(f"{KIND}-contacts", title, pieces, sources=sources(view, tuple(rows["source_id"])))


def _contact(view: View, row: dict) -> tuple[str, ...]:
    words = view.words
    status = "" if row["status"] == "held" else words.of("contact.status", row["status"])
    return words.edtf(row["date"]), words.name(row, "subject"), lists.how(view, row), status


def ahead(view: View) -> Slide:
    """What lies ahead, what was exported there, what is not recorded."""
    words, city = view.words, about(view)
    coming = tuple(lists.coming_line(view, row) for row in city.coming.to_dict("records"))
    projects = tuple(words.name(project, "project") for project in city.exported.to_dict("records") if project["counted"])
    pieces = [Text(coming, words.t("city.ahead"), listed=True)] if coming else []
    pieces += [Text(projects, words.n("city.exports", len(projects)), listed=True)] if projects else []
    pieces.append(Text(lists.unknown(view), words.t("city.missing"), listed=True))
    following = words.t("city.ahead" if coming else "city.missing")
    headline = plain(said(view)[-1]) if city.following is not None else following
    told = (words.t("city.dormant_how", years=contacts.DORMANT_YEARS),)
    return Slide(f"{KIND}-ahead", headline, tuple(pieces), told=told, sources=sources(view, tuple(city.coming["source_id"])))
