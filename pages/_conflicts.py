"""Where sources contradict each other: what is used beside what says otherwise, each with its source and the reason."""

from functools import lru_cache
from html import escape

import streamlit as st

from metrics.evidence import Contradiction, contradictions
from metrics.release import Release
from pages._tells import content, reader, standing, subject
from pages._view import View
from publishing.downloads import title

UNSAID = ("primary", "conflict")
"""Standings that the two columns say already."""


def conflicts(view: View, table: str) -> None:
    """The contradicted facts of a table, or of all, side by side."""
    words = view.words
    found = [fact for fact in contradictions(view.release) if table in ("", fact.table)]
    with st.container(key="figure-conflicts"):
        st.html(
            f'<h2 class="title">{escape(words.n("sources.conflicts", len(found)))}</h2>'
            f'<div class="subtitle">{escape(words.t("sources.conflicts_how"))}</div>'
        )
        if not found:
            st.html(f'<div class="empty">{escape(words.t("sources.no_conflict"))}</div>')
            return
        heads = "".join(f"<span>{escape(words.t(f'sources.head_{name}'))}</span>" for name in ("fact", "used", "otherwise"))
        facts = _facts(view.release, view.selection.lang, table)
        st.html(f'<div class="scroll versus" tabindex="0"><div class="heads">{heads}</div>{facts}</div>')


@lru_cache(maxsize=64)
def _facts(release: Release, lang: str, table: str) -> str:
    """The facts as HTML, the same for every reader of a release and language."""
    return "".join(_fact(reader(release, lang), fact) for fact in contradictions(release) if table in ("", fact.table))


def _fact(view: View, fact: Contradiction) -> str:
    """One fact as three cells: what it is, what is used, what is said otherwise."""
    used, against = fact.used.to_dict("records"), fact.otherwise.to_dict("records")
    name = subject(view, fact.table, (used or against)[0])
    kind = escape(title(fact.table, view.selection.lang))
    none = f'<p class="when">{escape(view.words.t("sources.none_used"))}</p>'
    return (
        f'<div class="fact"><div><b>{name}</b><span class="when">{kind}</span></div>'
        f"<div>{_rows(view, fact.table, used) or none}</div><div>{_rows(view, fact.table, against)}</div></div>"
    )


def _rows(view: View, table: str, rows: list[dict]) -> str:
    return "".join(f"<p>{escape(content(view, table, row))}{standing(view, row, UNSAID)}</p>" for row in rows)
