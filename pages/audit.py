"""Who did what: signed in, published, restored, saved, took away, was refused. For admins alone."""

from pages.parts.data_desk.audit import audit
from pages.parts.shell.view import current_view

audit(current_view())
