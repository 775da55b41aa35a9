"""Policy exports: headline, readings, published totals, documented projects in groups, map, list."""

import streamlit as st

from metrics.themes import exports_by
from pages.parts.elements.content import Numbers
from pages.parts.elements.show import show
from pages.parts.elements.show_map import filters
from pages.parts.policy_exports.exports import READINGS, TOTAL, chosen_projects, headline
from pages.parts.policy_exports.show_exports import documented, map_of_projects, project_list, published
from pages.parts.shell.view import current_view

view = current_view()
show(view, headline(view))
show(view, Numbers(READINGS))
published(view)
rows = chosen_projects(view)
with st.container(key="folds"):
    filters(view, exports_by.documented(rows), TOTAL, exports_by.regions_to_choose(view.release), with_types=False)
    documented(view)
    map_of_projects(view, rows)
    project_list(view, rows)
