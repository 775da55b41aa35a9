"""The first page: headline, readings, map, growth, exports, fund, newest ties and projects, all readings."""

from pages.parts.elements.content import Numbers
from pages.parts.elements.key_figures import exports, fund, growth
from pages.parts.elements.map import certain, partner_map
from pages.parts.elements.show import chosen_note_kinds, show, show_beside, switch
from pages.parts.elements.show_map import filters, map_and_list
from pages.parts.overview.overview_text import HEADLINES, headline, newest_projects, newest_ties
from pages.parts.overview.show_readings import every_reading
from pages.parts.shell.fragments import now, part
from pages.parts.shell.navigation import is_offered
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
figures = {"policy_exports": exports, "cooperation_fund": fund}
themes = [[figure(view, kinds)] for page, figure in figures.items() if is_offered(view.release, page)]
if themes:
    show_beside(view, len(themes), *themes)
lists = [[newest_ties(view)], *([[newest_projects(view)]] if is_offered(view.release, "policy_exports") else [])]
show_beside(view, len(lists), *lists)
every_reading()
