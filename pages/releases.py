"""The history of releases: each with who, when, why and what changed; any two side by side; an older one pinned or restored."""

from pages.parts.data_desk.history import history
from pages.parts.shell.view import current_view

history(current_view())
