"""The networks as slides: terms, members, organisations against their target, events. Must not draw anything.

What has a row for each network or event is a table here: the chart of it is higher than a slide, and its words must not be smaller.
"""

from dataclasses import replace
from functools import lru_cache

from exports.slides import Slide
from pages.parts.elements.figures import Figure, Nothing
from pages.parts.elements.slide_pieces import figure_slide, twin
from pages.parts.networks import networks as page
from pages.parts.networks.lists import hosted
from pages.parts.shell.selection import View


@lru_cache(maxsize=64)
def terms(view: View) -> Slide:
    """What the city was in each network over time."""
    return _rows(view, page.terms(view), view.words.t("networks.none_terms"))


@lru_cache(maxsize=64)
def members(view: View) -> Slide:
    """How many members each network had when it was published."""
    return _rows(view, page.members(view), view.words.t("networks.none_members"))


@lru_cache(maxsize=64)
def organisations(view: View) -> Slide:
    """International organisations in the city over time, with their target."""
    none = view.words.t("networks.none_organisations")
    return figure_slide(view, page.organisations(view) or Nothing("", none, none))


@lru_cache(maxsize=64)
def events(view: View) -> Slide:
    """Events by the cities that took part, reported and expected apart."""
    return _rows(view, hosted(view), view.words.t("networks.none_hosted"))


def _rows(view: View, shown: Figure | None, none: str) -> Slide:
    """A figure as its table."""
    slide = figure_slide(view, shown or Nothing("", none, none))
    return replace(slide, pieces=(twin(view, shown, ""),)) if shown else slide
