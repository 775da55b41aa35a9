"""The indicators by the age of their last observation, with links to the tables to upload."""

from pages.parts.data_desk.stale import headline, states, worklist
from pages.parts.elements.show import show
from pages.parts.shell.view import current_view

view = current_view()
show(view, headline(view))
show(view, states(view))
worklist(view)
