"""Who did what: signed in, published, restored, saved, took away, was refused. For admins alone."""

from pages._audit import audit
from pages._view import view

audit(view())
