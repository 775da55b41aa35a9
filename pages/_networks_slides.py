"""The networks as slides: terms, members, organisations against their target, events. Must not draw anything."""

from functools import lru_cache

from exports.slides import Slide
from pages import _networks as page
from pages._figures import Figure, Nothing
from pages._networks_lists import hosted
from pages._pieces import figure_slide
from pages._view import View


@lru_cache(maxsize=64)
def terms(view: View) -> Slide:
    """What the city was in each network over time."""
    return _slide(view, page.terms(view), view.words.t("networks.none_terms"))


@lru_cache(maxsize=64)
def members(view: View) -> Slide:
    """How many members each network had when it was published."""
    return _slide(view, page.members(view), view.words.t("networks.none_members"))


@lru_cache(maxsize=64)
def organisations(view: View) -> Slide:
    """International organisations in the city over time, with their target."""
    return _slide(view, page.organisations(view), view.words.t("networks.none_organisations"))


@lru_cache(maxsize=64)
def events(view: View) -> Slide:
    """Events by the cities that took part, reported and expected apart."""
    return _slide(view, hosted(view), view.words.t("networks.none_hosted"))


def _slide(view: View, shown: Figure | None, none: str) -> Slide:
    return figure_slide(view, shown or Nothing("", none, none))
