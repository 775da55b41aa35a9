"""The dots of partners on a map: how recent the contact is, since when, and how heavy their names are; and the time of the map."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import log10

from charts.map import SHAPES
from metrics.counting.thresholds import threshold
from metrics.schema.release import cached_by_release
from metrics.themes import contacts
from metrics.themes.annotations import noted
from metrics.themes.partners_by import joined
from metrics.themes.partnerships import documented_partners
from pages.parts.elements.ties import ENDED
from pages.parts.shell.selection import View

RECENCY = {"silent": "hollow", "older": "cored", "recent": "filled", "": ""}
"""The shape of a dot by the recency of contact (`metrics.themes.contacts.recency`)."""
_HEAVIER = {"filled": 1.0, "cored": 0.4}
"""What contact adds to the weight of a name, in powers of ten of the population."""
_FIRST_KIND, _PROVINCE = 0.2, 1.2
_BUTTONS = (
    *("map.zoom_in", "map.zoom_out", "map.whole", "map.full"),
    *("map.play", "map.pause", "map.step", "map.time", "map.count"),
)


def with_contacts(view: View, rows, on: date):
    """The rows of a map with the shape of their dots, contact (text) and last (its latest day), joined and weight, by a day."""
    # A column without rows has no type of its own.
    shape = contacts.recency(view.release, on, rows["city_id"]).map(lambda state: RECENCY[state]).astype("str")
    shape = shape.where(rows["dot"] != ENDED, "")
    held = contacts.last_held(view.release, on).reindex(rows["city_id"]).set_axis(rows.index)
    days = held["date"].fillna("")
    texts = {text: view.words.t("map.last_contact", when=view.words.edtf(text)) for text in days.unique() if text}
    none = view.words.t("map.no_contact")
    contact = days.map(lambda text: texts.get(text, "")).astype("str").mask((days == "") & (shape == "hollow"), none)
    return rows.assign(shape=shape, contact=contact, last=held["last"], joined=_joined(view, rows, on), weight=_weight(view, rows, shape))


def _joined(view: View, rows, on: date):
    partners = documented_partners(view.release, on)
    return rows["city_id"].map(joined(partners).set_axis(partners["city_id"]))


def _weight(view: View, rows, shape):
    """How much sooner a name is placed: by the size of its city, by contact, and by the kind that stands first in the table."""
    size = rows["population"].fillna(1).clip(lower=1).map(log10).astype(float)
    first = {"levels": "level_code", "tie_kinds": "kind_code"}
    level, kind = (next(iter(view.release.tables[table][code]), "") for table, code in first.items())
    size = size.where(rows["level"] == level, size - _PROVINCE)  # the people of a province say little of its name
    return size + shape.map(lambda known: _HEAVIER.get(known, 0.0)).astype(float) + (rows["dot"] == kind) * _FIRST_KIND


def shape_legend(view: View, rows) -> list[tuple[str, str, str]]:
    """(word, colour, shape) of each shape that is on the map, the most recent contact first; nothing where all are alike."""
    words, years = view.words, threshold(view.release, "quiet_years")
    said = {
        "filled": words.t("map.recent", months=contacts.RECENT_MONTHS),
        "cored": words.t("map.older"),
        "hollow": words.t("map.silent", years=years),
    }
    known = contacts.on_record(view.release)
    return [(said[shape], view.palette.muted, shape) for shape in reversed(SHAPES) if known and (rows["shape"] == shape).any()]


@cached_by_release()
def terms(view: View) -> Sequence[tuple[float, float, str]]:
    """The terms of office on record, as years from and to, and a name."""
    labels = view.words.names(view.release.tables["annotations"].set_index("annotation_id"), "label")
    notes = noted(view.release, view.selection.as_of, ("term",))
    return tuple((_year(note.first), _year(note.perhaps or note.last), labels[note.id]) for note in notes)


def _year(day: date) -> float:
    return round(day.year + (day.timetuple().tm_yday - 1) / 366, 2)


def growth(view: View, rows) -> dict[str, object] | None:
    """How the map of `rows` grows, as assets/player.js takes it; None where fewer than two ties are dated."""
    dated = rows["joined"].dropna()
    if dated.nunique() < 2:
        return None
    first, last = int(dated.min()), view.selection.as_of.year
    spans = [[max(start, first), end, name] for start, end, name in terms(view) if end > first]
    without = len(rows) - len(dated)
    undated = view.words.n("map.undated", without) if without else ""
    return {"first": first, "last": last, "until": None, "terms": spans, "undated": undated}


def button_words(view: View) -> Mapping[str, str]:
    """The names of the buttons of a map."""
    return {key.removeprefix("map."): view.words.t(key) for key in _BUTTONS}
