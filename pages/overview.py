"""The first page: headline, readings, map, growth, exports, fund, newest ties and projects, all readings."""

from pages.parts.elements.content import Numbers
from pages.parts.elements.key_figures import exports, fund, growth
from pages.parts.elements.map import certain, partner_map
from pages.parts.elements.show import chosen_note_kinds, show, show_beside, switch
from pages.parts.elements.show_map import filters, map_and_list
from pages.parts.overview.overview_text import HEADLINES, headline, newest_projects, newest_ties
from pages.parts.overview.show_readings import every_reading
from pages.parts.shell.fragments import now, part
from pages.parts.shell.view import current_view


@part
def world() -> None:
    """The map; a filter or a click reruns this fragment alone."""
    here = now()
    filters(here, certain(here), "partner_cities")
    map_and_list(here, partner_map(here))


view = current_view()
show(view, headline(view))
show(view, Numbers(HEADLINES))
world()
kinds = chosen_note_kinds(view)
show(view, growth(view, kinds), lambda: switch(view, kinds))
show_beside(view, 2, [exports(view, kinds)], [fund(view, kinds)])
show_beside(view, 2, [newest_ties(view)], [newest_projects(view)])
every_reading()
