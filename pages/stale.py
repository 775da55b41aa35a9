"""What is due: every indicator by how long it has waited for its next observation, with the door to the table that would bring it."""

from pages.parts.data_desk.stale import headline, states, worklist
from pages.parts.elements.show import show
from pages.parts.shell.view import current_view

view = current_view()
show(view, headline(view))
show(view, states(view))
worklist(view)
