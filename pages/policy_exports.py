"""Policy exports: headline, readings, published totals, documented projects in groups, map, list."""

from pages.parts.elements.content import Numbers
from pages.parts.elements.show import show
from pages.parts.policy_exports.exports import READINGS, headline
from pages.parts.policy_exports.show_exports import documented, map_of_projects, project_list, published, region_filter
from pages.parts.shell.view import current_view

view = current_view()
show(view, headline(view))
show(view, Numbers(READINGS))
published(view)
rows = region_filter(view)
documented(view)
map_of_projects(view, rows)
project_list(view, rows)
