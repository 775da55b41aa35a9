"""Presets: outlines to begin a briefing with. Texts come from the slides, in the reader's language."""

from metrics.themes.fund import is_series
from pages.parts.shell.selection import View
from publishing.desk.briefings import Outline, Wanted

FIVE_MINUTES = ("title", "readings", "map", "growth", "exports", "fund", "closing")
FUND = ("title", "cooperation_fund.readings", "cooperation_fund.fund-path", "cooperation_fund.payments", "closing")
PRESETS = ("five_minutes", "one_city", "fund_review")


def preset(view: View, name: str, city: str = "") -> Outline:
    """The outline of a preset; `city` is the subject of `one_city`."""
    if name == "one_city":
        exported = city and (view.release.tables["export_places"]["city_id"] == city).any()
        kinds = ["title", "city", "map", *(["policy_exports.map"] if exported else [])]
        return Outline("", (*(Wanted(kind, {"city": city}) for kind in kinds), Wanted("readings"), Wanted("closing")))
    kinds = list(FIVE_MINUTES if name == "five_minutes" else FUND)
    if name == "fund_review" and is_series(view.release, view.selection.as_of):
        kinds.insert(3, "cooperation_fund.fund-flows")
    return Outline("", tuple(Wanted(kind) for kind in kinds))
