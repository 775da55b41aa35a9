"""The history of releases: author, date, reason and changes of each; compare two, pin or restore one."""

from pages.parts.data_desk.history import history
from pages.parts.shell.view import current_view

history(current_view())
