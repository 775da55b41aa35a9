"""Shows the drawer of a claim."""

from collections.abc import Callable

import streamlit as st

from metrics.verification.claims import Finding
from pages.parts.elements.drawer import WIDTH
from pages.parts.shell.selection import View
from pages.parts.sources.drawer import body


def claim_drawer(view: View, finding: Finding, closed: Callable[[], None]) -> None:
    """Show the drawer; `closed` is called when the reader closes it."""
    name = view.words.t("claim.drawer", claim=finding.claim.id)
    inside = f'<div class="drawer claim">{body(view, finding)}</div>'
    st.dialog(name, position="right", width=WIDTH, on_dismiss=closed)(lambda: st.html(inside))()
