"""The first page: headline, readings, map, growth, exports, fund, newest ties and projects, all readings."""

import streamlit as st

from pages.parts.elements.cards import cards
from pages.parts.elements.content import Part
from pages.parts.elements.key_figures import exports, fund, growth
from pages.parts.elements.show import show
from pages.parts.elements.show_map import partner_map
from pages.parts.elements.show_notes import shown_kinds, switch
from pages.parts.overview.overview_text import HEADLINES, headline, newest_projects, newest_ties
from pages.parts.overview.show_readings import every_reading
from pages.parts.shell.fragments import now, part
from pages.parts.shell.navigation import is_offered
from pages.parts.shell.view import current_view


@part
def world() -> None:
    """The map; a filter or a click reruns this fragment alone."""
    partner_map(now())


def side_by_side(parts: list[Part]) -> None:
    """Parts in columns of equal width."""
    for column, each in zip(st.columns(len(parts), gap="medium") if parts else (), parts, strict=True):
        with column:
            show(view, each)


view = current_view()
show(view, headline(view))
cards(view, HEADLINES)
world()
kinds = shown_kinds(view)
show(view, growth(view, kinds), lambda: switch(view, kinds))
both = [theme(view, kinds) for theme, page in ((exports, "policy_exports"), (fund, "cooperation_fund")) if is_offered(view.release, page)]
side_by_side(both)
side_by_side([newest_ties(view), *([newest_projects(view)] if is_offered(view.release, "policy_exports") else [])])
every_reading()
