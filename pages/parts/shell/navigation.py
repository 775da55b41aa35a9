"""Which pages there are, in which group and order, and what the browser needs for each."""

from metrics.counting.coverage import is_recorded
from metrics.schema.release import Release

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
THEMES_OF = {
    "policy_exports": ("exports",),
    "cooperation_fund": ("fund",),
    "plan": ("plan",),
    "networks": ("networks", "organisations", "events"),
}
"""The pages about themes of `metrics.counting.coverage` that a city may not have; it has those pages once there is a row of one."""
FIRST = "overview"
OF_ADMINS = "audit"
"""The page that only administrators have in their menu; others see there that they may not read it."""
CHARTS = ("/assets/chart.js", "/assets/across.js", "/assets/vendor/plotly-basic.min.js")
COURSES = (*CHARTS, "/assets/around.js")
"""Charts over time with annotations."""
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
"""The scripts and files that the browser needs for a page, in order."""
FRAME = ("/assets/component.js", "/assets/search.js", "/assets/watch.js")
"""The same for every page."""


def is_offered(release: Release, page: str) -> bool:
    """Whether menu, search and briefings offer a page: not where the city has nothing of its themes. Its address opens all the same."""
    if page == "claims":
        return len(release.tables["claims"]) > 0
    return page not in THEMES_OF or any(is_recorded(release, theme) for theme in THEMES_OF[page])


def needed_first() -> dict[str, tuple[str, ...]]:
    """For the address of each page ("" is the first) the files of ours that it needs."""
    return {"" if name == FIRST else name: (*DRAWN.get(name, ()), *FRAME) for group in PLACES.values() for name in group}
