"""Which pages there are, in which group and order, and how to link to them with the reader's choices kept."""

import streamlit as st

from pages.parts.shell.current_user import may_audit
from pages.parts.shell.selection import SHARED, View

PLACES = {
    "": {"overview": "public", "briefing": "slideshow"},
    "themes": {
        "partner_cities": "handshake",
        "city": "location_city",
        "policy_exports": "outbox",
        "cooperation_fund": "savings",
        "plan": "checklist",
        "networks": "hub",
    },
    "evidence": {"sources": "fact_check", "claims": "rule"},
    "data": {"stale": "event_upcoming", "data_desk": "edit_document", "releases": "history", "audit": "policy"},
}
"""Group, then page and its icon. A page is a script of its name in this folder; its words are `page.NAME` and `page.NAME.help`."""
FIRST = "overview"
OF_ADMINS = "audit"
"""The page that stands in the menu of those alone who may see it; others are told so there."""
CHARTS = ("/assets/chart.js", "/assets/across.js", "/assets/vendor/plotly-basic.min.js")
COURSES = (*CHARTS, "/assets/around.js")
"""Charts over time, with what happened around them."""
MAP = ("/assets/map.js", "/assets/vendor/deck.min.js", "/assets/ground.svg")
SLIDES = (
    *("/assets/present.js", "/assets/notes.js", "/assets/preview.js", "/assets/copy.js"),
    *("/assets/stage.js", "/assets/paired.js", "/assets/finding.js"),
)
LIST, ROWS = ("/assets/list.js",), ("/assets/rows.js",)
DRAWN = {
    "overview": (*MAP, *COURSES),
    "briefing": (*SLIDES, *CHARTS, *MAP),
    "partner_cities": (*COURSES, *MAP, *LIST, *ROWS),
    "city": (*CHARTS, *MAP, *LIST),
    "policy_exports": (*CHARTS, *MAP, *LIST),
    "cooperation_fund": COURSES,
    "plan": CHARTS,
    "networks": CHARTS,
    "claims": ROWS,
    "stale": ROWS,
}
"""What the browser draws a page with, in the order in which it is needed."""
FRAME = ("/assets/search.js", "/assets/watch.js")
"""The same for what stands on every page."""


def needed_first() -> dict[str, tuple[str, ...]]:
    """For the address of each page ("" is the first) the files of ours that it draws with."""
    return {"" if name == FIRST else name: (*DRAWN.get(name, ()), *FRAME) for group in PLACES.values() for name in group}


def places(view: View) -> dict[str, list[st.Page]]:
    """The pages for the menu, by the title of their group."""
    words = view.words
    return {
        words.of("group", group) if group else "": [
            st.Page(
                f"{name}.py",
                title=words.of("page", name),
                icon=f":material/{icon}:",
                help=words.t(f"page.{name}.help"),
                default=name == FIRST,
                visibility="visible" if name != OF_ADMINS or may_audit() else "hidden",
            )
            for name, icon in pages.items()
        ]
        for group, pages in PLACES.items()
    }


def link(view: View, name: str, label: str, **more: str) -> None:
    """A link to a page that keeps the shared choices of the address; `more` are parameters of that page."""
    st.page_link(f"{name}.py", label=label, query_params=kept() | more, help=view.words.t(f"page.{name}.help"))


def kept(*more: str) -> dict[str, str]:
    """The parts of the address that go along to another page; with the parts of this page that are named."""
    return {part: st.query_params[part] for part in (*SHARED, *more) if part in st.query_params}
