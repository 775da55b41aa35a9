"""The history of releases: each with who, when, why and what changed; any two side by side; an older one pinned or restored."""

from pages._history import history
from pages._view import view

history(view())
