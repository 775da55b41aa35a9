"""Shows the conflicts between sources."""

from html import escape

import streamlit as st

from metrics.verification.evidence import contradictions
from pages.parts.elements.conflicts import AT_ONCE, facts_html
from pages.parts.shell.address import choose
from pages.parts.shell.parameters import number_within
from pages.parts.shell.selection import View


def conflicts(view: View, table: str) -> None:
    """The contradicted facts of a table, or of all, side by side."""
    words = view.words
    matches = [fact for fact in contradictions(view.release) if table in ("", fact.table)]
    with st.container(key="figure-conflicts"):
        st.html(
            f'<h2 class="title">{escape(words.n("sources.conflicts", len(matches)))}</h2>'
            f'<div class="subtitle">{escape(words.t("sources.conflicts_how"))}</div>'
        )
        if not matches:
            st.html(f'<div class="empty">{escape(words.t("sources.no_conflict"))}</div>')
            return
        heads = "".join(f"<span>{escape(words.t(f'sources.head_{name}'))}</span>" for name in ("fact", "used", "otherwise"))
        page = number_within(view, "facts", 1, -(-len(matches) // AT_ONCE), 1)
        facts = facts_html(view.release, view.selection.lang, table, page * AT_ONCE)
        st.html(f'<div class="scroll versus" tabindex="0"><div class="heads">{heads}</div>{facts}</div>')
        more = min(AT_ONCE, len(matches) - page * AT_ONCE)
        if more > 0:
            st.button(words.n("sources.more", more), key="facts-more", type="tertiary", on_click=_more, args=(page + 1,))


def _more(pages: int) -> None:
    choose(facts=pages)
