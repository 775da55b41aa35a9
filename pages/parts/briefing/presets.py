"""Presets: outlines to begin a briefing with. Texts come from the slides, in the reader's language."""

from metrics.themes.fund import is_series
from pages.parts.briefing.slides import offered
from pages.parts.shell.selection import View
from publishing.desk.briefings import Outline, Wanted

FIVE_MINUTES = ("title", "readings", "map", "growth", "exports", "fund", "closing")
FUND = ("title", "cooperation_fund.readings", "cooperation_fund.fund-path", "cooperation_fund.payments", "closing")
PRESETS = ("five_minutes", "one_city", "fund_review")


def presets(view: View) -> tuple[str, ...]:
    """The presets about what the city has on record."""
    return tuple(name for name in PRESETS if name != "fund_review" or "fund" in offered(view))


def preset(view: View, name: str, city: str = "") -> Outline:
    """The outline of a preset; `city` is the subject of `one_city`."""
    if name == "one_city":
        return Outline("", tuple(_single_city(view, city)))
    kinds = list(FIVE_MINUTES if name == "five_minutes" else FUND)
    if name == "fund_review" and is_series(view.release, view.selection.as_of):
        kinds.insert(3, "cooperation_fund.fund-flows")
    return Outline("", tuple(Wanted(kind) for kind in kinds if kind in offered(view)))


def _single_city(view: View, city: str) -> list[Wanted]:
    """Title, city, map, map of exports if it has any, readings, closing."""
    places = view.release.tables["export_places"]["city_id"]
    kinds = ["title", "city", "map", *(["policy_exports.map"] if city and (places == city).any() else [])]
    return [*(Wanted(kind, {"city": city}) for kind in kinds), Wanted("readings"), Wanted("closing")]
