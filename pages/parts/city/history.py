"""The history of a city with the home city as a chart: what was signed, held and exported, each on its day."""

from charts import history
from charts.theme import drawn
from metrics.schema.release import cached_by_release
from metrics.themes import contacts, exports_by
from pages.parts.city.city import about
from pages.parts.elements.content import Figure, Nothing
from pages.parts.shell.selection import View

LANES = {"agreements": "city.lane_agreements", "contacts": "city.lane_contacts", "exports": "city.lane_exports"}


@cached_by_release()
def dated_records(view: View):
    """The dated records of the city in order of time: the frame of `charts.history.figure` with when, what (text) and source_id."""
    return contacts.history(*(rows(view) for rows in (_acts, _met, _exported)))


def _acts(view: View) -> list[dict]:
    palette, rows = view.palette, about(view).signed.to_dict("records")
    colours = {"sister": palette.sister, "friendship": palette.friendship, "memorandum": palette.memorandum}
    return [
        _row("agreements", act["signed"], view.words.of("tie", act["type"]), act, colours[act["type"]], view, act["certain"])
        for act in rows
    ]


def _met(view: View) -> list[dict]:
    rows, words = about(view).met, view.words
    return [
        _row("contacts", met["date"], words.name(met, "subject"), met, view.palette.ink, view, met["status"] == "held")
        for met in rows[rows["used"]].to_dict("records")
    ]


def _exported(view: View) -> list[dict]:
    return [
        _row("exports", project["started"], view.words.name(project, "project"), project, view.palette.muted, view, project["counted"])
        for project in about(view).exported.to_dict("records")
        if project["started"]
    ]


def _row(lane: str, edtf: str, what: str, row: dict, colour: str, view: View, filled: bool) -> dict:
    when = view.words.edtf(edtf)
    return {
        "lane": lane,
        "edtf": edtf,
        "when": when,
        "what": what,
        "label": f"{when}: {what}",
        "filled": bool(filled),
        "colour": colour,
        "source_id": row["source_id"],
    }


@cached_by_release()
def figure(view: View) -> Figure | Nothing:
    """The history as a figure; Nothing where no record has a date."""
    words, rows = view.words, dated_records(view)
    if not len(rows):
        return Nothing("city-history", words.t("city.history_none"), "")
    lanes = [(lane, words.t(key)) for lane, key in LANES.items() if (rows["lane"] == lane).any()]
    city = about(view)
    meetings, projects = int(city.met["held"].sum()), exports_by.documented(city.exported)
    parts = [words.n("city.n_agreements", len(city.signed)), words.n("city.n_contacts", meetings), words.n("count.projects", projects)]
    many = [part for part, n in zip(parts, (len(city.signed), meetings, projects), strict=True) if n]
    title = words.t("city.history", parts=", ".join(many)) if many else words.n("city.history_hollow", len(rows))
    drawing = drawn(history.figure(rows, lanes, view.selection.as_of, view.palette))
    return Figure("city-history", "partners_in_contact", title, words.t("city.history_measure"), drawing, lambda: twin(view), sources(view))


def sources(view: View) -> tuple[str, ...]:
    """The sources of the history, the newest rows first."""
    return tuple(dict.fromkeys(reversed(dated_records(view)["source_id"].tolist())))


def twin(view: View):
    """The table of the history: when, what kind of record, and what."""
    rows, words = dated_records(view), view.words
    kinds = rows["lane"].map({lane: words.t(key) for lane, key in LANES.items()})
    standing = rows["filled"].map({True: "", False: words.t("city.hollow")})
    return rows[["when", "what"]].assign(record=kinds, standing=standing)[["when", "record", "what", "standing"]]
