"""The networks as slides: terms, members, organisations against their target, events. Must not draw anything."""

from functools import lru_cache

from exports.slides import Slide
from pages import _networks as page
from pages._networks_lists import hosted
from pages._pieces import of_figure
from pages._view import View

KINDS = ("networks", "networks_members", "networks_organisations", "networks_events")
"""The names under which these slides are asked for."""


@lru_cache(maxsize=64)
def terms(view: View) -> Slide:
    """What the city was in each network over time."""
    return of_figure(view, KINDS[0], page.terms(view), view.words.t("networks.none_terms"))


@lru_cache(maxsize=64)
def members(view: View) -> Slide:
    """How many members each network had when it was published."""
    return of_figure(view, KINDS[1], page.members(view), view.words.t("networks.none_members"))


@lru_cache(maxsize=64)
def organisations(view: View) -> Slide:
    """International organisations in the city over time, with their target."""
    return of_figure(view, KINDS[2], page.organisations(view), view.words.t("networks.none_organisations"))


@lru_cache(maxsize=64)
def events(view: View) -> Slide:
    """Events by the cities that took part, reported and expected apart."""
    return of_figure(view, KINDS[3], hosted(view), view.words.t("networks.none_hosted"))
