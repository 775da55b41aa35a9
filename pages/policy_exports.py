"""Policy exports: headline, readings, published totals, documented projects in groups, map, list."""

from pages.parts.elements.show import cards, show
from pages.parts.policy_exports.exports import READINGS, headline
from pages.parts.policy_exports.show_exports import documented, project_list, project_map, published, region_filter
from pages.parts.shell.view import current_view

view = current_view()
show(view, headline(view))
cards(view, READINGS)
published(view)
rows = region_filter(view)
documented(view)
project_map(view, rows)
project_list(view, rows)
