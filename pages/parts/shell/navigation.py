"""Which pages there are, in which group and order, and what the browser needs for each."""

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
