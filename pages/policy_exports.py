"""Policy exports: headline, readings, published totals, documented projects in groups, map, list."""

from pages.parts.elements.cards import cards
from pages.parts.elements.show import show
from pages.parts.policy_exports.exports import READINGS, headline
from pages.parts.policy_exports.show_exports import documented, published, region_filter
from pages.parts.policy_exports.show_list import project_list
from pages.parts.policy_exports.show_map import project_map
from pages.parts.shell.view import current_view

view = current_view()
show(view, headline(view))
cards(view, READINGS)
published(view)
rows = region_filter(view)
documented(view)
project_map(view, rows)
project_list(view, rows)
