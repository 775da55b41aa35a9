"""The audit log: sign-ins, releases, restores, saved briefings, downloads, refusals. For admins only."""

from pages.parts.data_desk.audit import audit
from pages.parts.shell.view import current_view

audit(current_view())
