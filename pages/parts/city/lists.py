"""The lists of a dossier. Each line has its source."""

from dataclasses import replace
from html import escape
from itertools import chain

from metrics.counting.coverage import is_recorded
from metrics.schema.release import cached_by_release
from metrics.themes import contacts
from metrics.themes.exports_by import documented
from pages.parts.city import follow_through
from pages.parts.city.city import about
from pages.parts.elements.content import Html, Item, Listing, Nothing
from pages.parts.elements.row_text import act_line, source_line, standing_item
from pages.parts.shell.selection import View
from publishing.files.downloads import title as table_title

JOINT = ("event", "online", "meeting_elsewhere")
"""Kinds of contact that are events which both cities attended."""
COUNTED = ("primary", "other", "conflict", "alternate")
"""Standings that are not shown for a counted agreement."""


def folded(view: View) -> list[Listing]:
    """The lists that have rows, and last the missing records."""
    city = about(view)
    there = [(ahead, len(city.coming)), (exported, len(city.exported)), (shared, len(joint(view))), (missing, True)]
    registers = (agreements(view), met(view), follow_through.commitments(view), follow_through.payments(view))
    told = [part for part in registers if isinstance(part, Listing) and any(items for _, items in part.groups)]
    return [*told, *(part(view) for part, something in there if something)]


@cached_by_release()
def agreements(view: View) -> Listing | Nothing:
    """Agreements with their areas of cooperation; then areas without an agreement, and rows of other roles."""
    words, city = view.words, about(view)
    areas = city.areas[city.areas["role"] == "primary"]
    if not len(city.agreements) and not len(areas):
        return Nothing("city-agreements", words.t("city.no_agreements"), "")
    title = words.t(
        "city.agreements_and_areas" if len(areas) else "city.agreements_only",
        agreements=words.n("city.n_agreements", len(city.signed)),
        areas=words.n("area.count", len(areas)),
    )
    others = city.agreements[~city.agreements["agreement_id"].isin(city.signed["agreement_id"])]
    otherwise = tuple(standing_item(view, act, act_line(view, act)) for act in others.to_dict("records"))
    groups = (("", (*_signed(view), *_beside(view))), (words.t("city.told_otherwise"), otherwise))
    heads = {"lead": words.t("city.lane_agreements")} | ({"points": words.of("column", "areas")} if len(areas) else {})
    return Listing("city-agreements", title, words.t("area.measure"), groups, "", heads)


def _signed(view: View) -> list[Item]:
    """The agreements, the newest first: kind and date, areas, note and source."""
    areas, items = about(view).areas, []
    for act in about(view).signed.iloc[::-1].to_dict("records"):
        named = _areas(view, areas[areas["agreement_id"] == act["agreement_id"]], act["source_id"])
        parts = {"lead": act_line(view, act), "kind": act["type"], "points": named.points, "accounts": named.accounts}
        items.append(replace(standing_item(view, act, unsaid=COUNTED), **parts))
    return items


def _beside(view: View) -> list[Item]:
    """Areas of one day that belong to no agreement on record."""
    city, words = about(view), view.words
    rest = city.areas[~city.areas["agreement_id"].isin(city.signed["agreement_id"])]
    days = reversed(list(rest.groupby("agreed", sort=True)))
    return [replace(_areas(view, rows), lead=words.t("area.without_agreement", when=words.edtf(day))) for day, rows in days]


def _areas(view: View, areas, cited: str = "") -> Item:
    """Areas of cooperation as the points of an item, with notes and sources; the source `cited` is not repeated."""
    used, others = areas[areas["role"] == "primary"], areas[areas["role"] != "primary"]
    accounts = [_account(view, used, "", cited)] if len(used) else []
    accounts += [Item("", note=" ".join(follow_through.area_notes(view, used["area_id"])))]
    accounts += [_account(view, rows, ", ".join(view.words.names(rows, "area"))) for _, rows in others.groupby("source_id", sort=False)]
    points = tuple(view.words.name(area, "area") for area in used.to_dict("records"))
    return Item("", points=points, accounts=tuple(account for account in accounts if account.note or account.sources or account.marks))


def _account(view: View, areas, otherwise: str, cited: str = "") -> Item:
    words = view.words
    notes = [note for note in words.names(areas, "note").unique() if note]
    sources = tuple(source for source in areas["source_id"].unique() if source != cited)
    marks = (words.t("area.otherwise", areas=otherwise),) if otherwise else ()
    return Item("", marks=marks, note=" ".join(notes), sources=sources)


@cached_by_release()
def met(view: View) -> Listing | Nothing:
    """The recorded contacts, the newest first; announced ones and the last one held are marked."""
    words, city = view.words, about(view)
    if not contacts.on_record(view.release):
        return Nothing("city-contacts", words.t("contact.none_recorded"), upload_hint(view), "data_desk", words.t("contact.to_the_desk"))
    heads = {"lead": "when", "text": "what", "facts": "record", "marks": "standing"}
    used = city.met["used"]
    parts = (("", city.met[used]), (words.t("city.told_otherwise"), city.met[~used]))
    groups = tuple((title, tuple(_contact(view, row) for row in rows.to_dict("records"))) for title, rows in parts)
    columns = {name: words.of("column", column) for name, column in heads.items()}
    return Listing("city-contacts", contacts_title(view), words.t("contact.coverage"), groups, "", columns, "contacts")


def contacts_title(view: View) -> str:
    """How many contacts were held, and how many only announced."""
    words, met = view.words, about(view).met
    used, meetings = met[met["used"]], int(met["held"].sum())
    if not len(used):
        return words.t("contact.none_of_city")
    announced = int((used["status"] == "announced").sum())
    key = "contact.title_announced" if announced else "contact.title"
    return words.t(key, held=words.n("city.n_contacts", meetings), announced=announced)


def upload_hint(view: View) -> str:
    """Which table to upload where the release has no contacts."""
    return view.words.t("contact.which_upload", table=table_title("contacts", view.selection.lang))


def _contact(view: View, row: dict) -> Item:
    """A contact: when, what, how, at which level, where, its note and source."""
    words, last = view.words, about(view).last
    marks = (words.t("contact.last"),) if last is not None and row["contact_id"] == last["contact_id"] else ()
    marks += (words.of("contact.status", "announced"),) if row["status"] == "announced" else ()
    facts = (words.of("contact.kind", row["kind"]), words.of("contact.level", row["level"]), words.name(row, "place"))
    item = standing_item(view, row, words.name(row, "subject"), marks)
    return replace(item, lead=words.edtf(row["date"]), facts=facts, kind=row["status"] if row["used"] else "told")


def ahead(view: View) -> Listing:
    """The next round anniversaries, the nearest first."""
    words, items = view.words, tuple(coming(view, row) for row in about(view).coming.to_dict("records"))
    title, measure = words.t("city.ahead" if items else "city.ahead_none"), words.t("city.ahead_measure", round=contacts.ROUND)
    return Listing("city-ahead", title, measure if items else "", (("", items),), "")


def coming(view: View, row: dict) -> Item:
    """An anniversary: how many years, on which date, of what."""
    words = view.words
    act = words.t("city.act_of", tie=words.of("tie", row["type"]), when=words.edtf(row["signed"]))
    return Item(words.edtf(row["when"]), words.n("city.years", row["years"]), (act,), sources=(row["source_id"],))


def exported(view: View) -> Listing:
    """The projects exported to the city, the counted ones first."""
    words, rows = view.words, about(view).exported
    counted = documented(rows)
    title = words.n("city.exports", counted) if counted else words.n("city.exports_shown", len(rows))
    sure = rows["counted"] & rows["certain"]
    groups = tuple(("", tuple(_project(view, row) for row in part.to_dict("records"))) for part in (rows[sure], rows[~sure]))
    return Listing("city-exports", title, words.t("city.exports_measure"), groups, "", look="exported")


def _project(view: View, row: dict) -> Item:
    words = view.words
    facts = (words.of("sector", row["sector"]), words.of("status", row["status"]), words.edtf(row["started"]), row["value_as_published"])
    marks = () if row["counted"] and row["certain"] else (words.t("exports.role_shown"),)
    return replace(standing_item(view, row, words.name(row, "project"), marks), facts=facts)


def shared(view: View) -> Listing:
    """The events that both cities attended."""
    items = tuple(_event(view, row) for row in joint(view).to_dict("records"))
    return Listing("city-shared", view.words.n("city.shared", len(items)), view.words.t("city.shared_measure"), (("", items),), "")


def joint(view: View):
    """The contacts at events that both cities attended."""
    met = about(view).met
    return met[met["used"] & met["kind"].isin(JOINT)]


def _event(view: View, row: dict) -> Item:
    words = view.words
    marks = (words.of("contact.status", "announced"),) if row["status"] == "announced" else ()
    where = words.edtf(row["date"]), words.name(row, "place") or words.of("contact.kind", row["kind"])
    return Item(words.name(row, "subject"), facts=where, marks=marks)


@cached_by_release()
def missing(view: View) -> Listing:
    """What is missing in the records of the city, a sentence each."""
    words, city, home = view.words, about(view), view.home_name
    without = len(city.signed) - int(city.signed["agreement_id"].isin(city.areas["agreement_id"]).sum())
    vague = int((~city.signed["signed"].str.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}")).sum())
    since = contacts.first_year(view.release)
    sentences = [
        words.n("city.missing_day", vague) if vague else "",
        words.n("city.missing_areas", without) if without else "",
        words.t("city.missing_contacts", table=table_title("contacts", view.selection.lang))
        if since is None
        else words.t("city.missing_before", year=str(since)),
        words.t("city.missing_held") if since is not None and city.last is None else "",
        words.t("city.missing_exports") if is_recorded(view.release, "exports") and not len(city.exported) else "",
        words.t("city.missing_networks", city=city.name, home=home) if is_recorded(view.release, "networks") else "",
        words.t("city.missing_events", home=home) if is_recorded(view.release, "events") else "",
    ]
    return Listing("city-missing", words.t("city.missing"), "", (("", tuple(map(Item, filter(None, sentences)))),), "")


def all_sources(view: View) -> Html | None:
    """Every source of the dossier, in a collapsed list."""
    words, source_ids = view.words, cited(view)
    items = "".join(f"<li>{source_line(view, source)}</li>" for source in source_ids)
    many = escape(words.n("city.sources", len(source_ids)))
    return Html("", f'<details class="cited"><summary>{many}</summary><ul class="list">{items}</ul></details>') if items else None


@cached_by_release()
def cited(view: View) -> tuple[str, ...]:
    """The distinct sources of the dossier, in the order in which the page cites them."""
    city = about(view)
    rows = (city.agreements, city.areas, city.met, city.exported)
    return tuple(dict.fromkeys(chain(*(frame["source_id"] for frame in rows), follow_through.cited(view))))


def city_fields(city: str, name: str) -> dict[str, object]:
    """The fields of an Item that link a city's name to its dossier."""
    return {"name": name, "chosen": {"city": city}}
