"""The first page: headline, cards, map, what needs a decision, growth, exports, fund; newest ties and projects, all readings."""

import streamlit as st

from metrics.themes.partnerships import regions_to_choose
from pages.parts.briefing.visit import overview_file
from pages.parts.elements.key_figures import exports, fund, growth
from pages.parts.elements.map import certain, partner_map
from pages.parts.elements.show import chosen_note_kinds, show, show_beside, switch
from pages.parts.elements.show_map import filters, map_and_list
from pages.parts.overview.overview_text import headline, numbers, settled_next
from pages.parts.overview.show_readings import every_reading, show_newest
from pages.parts.shell.fragments import now, part
from pages.parts.shell.navigation import is_offered
from pages.parts.shell.view import current_view


@part
def world() -> None:
    """The map; a filter or a click reruns this fragment alone."""
    here = now()
    with st.container(key="folds-map"):
        filters(here, certain(here), "partner_cities", regions_to_choose(here.release))
        map_and_list(here, partner_map(here))


view = current_view()
show(view, headline(view))
show(view, numbers(view))
world()
show(view, settled_next(view))
with st.container(key="take-along"):
    overview_file(view)
kinds = chosen_note_kinds(view)
figures = {"policy_exports": exports, "cooperation_fund": fund}
themes = [[figure(view, kinds)] for page, figure in figures.items() if is_offered(view.release, page)]
with st.container(key="folds"):
    show(view, growth(view, kinds), lambda: switch(view, kinds))
    if themes:
        show_beside(view, len(themes), *themes)
show_newest()
every_reading()
