"""Which pages there are, in which group and order, and what the browser needs for each."""

from metrics.counting.coverage import is_recorded
from metrics.schema.release import Release
from metrics.themes import peers

PLACES = {
    "": {"overview": "public", "city": "diversity_3", "briefing": "slideshow"},
    "themes": {
        "partner_cities": "handshake",
        "policy_exports": "outbox",
        "cooperation_fund": "savings",
        "plan": "checklist",
        "networks": "hub",
        "peers": "compare_arrows",
    },
    "trust": {"sources": "fact_check", "claims": "rule", "stale": "event_upcoming", "releases": "history"},
    "desk": {"data_desk": "edit_document", "audit": "policy"},
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
OF_SOME = ("data_desk", "audit")
"""The pages that are in the menu only of those who may use them; others read there that they may not."""
CHARTS = ("/assets/chart.js", "/assets/across.js", "/assets/vendor/plotly-basic.min.js")
COURSES = (*CHARTS, "/assets/around.js")
"""Charts over time with annotations."""
MAP = (
    *("/assets/map.js", "/assets/globe.js", "/assets/names.js", "/assets/controls.js", "/assets/player.js"),
    *("/assets/vendor/deck.min.js", "/assets/ground.svg"),
)
SLIDES = (
    *("/assets/present.js", "/assets/notes.js", "/assets/preview.js", "/assets/copy.js"),
    *("/assets/stage.js", "/assets/paired.js", "/assets/finding.js", "/assets/live.js"),
)
LIST, ROWS = ("/assets/list.js",), ("/assets/rows.js",)
DRAWN = {
    "overview": (*MAP, *COURSES, *ROWS),
    "briefing": (*SLIDES, *CHARTS, *MAP),
    "partner_cities": (*COURSES, *MAP, *LIST, *ROWS),
    "city": (*CHARTS, *MAP, *ROWS),
    "policy_exports": (*CHARTS, *MAP, *LIST, *ROWS),
    "cooperation_fund": COURSES,
    "plan": CHARTS,
    "networks": CHARTS,
    "peers": (*CHARTS, *MAP),
    "claims": ROWS,
    "stale": ROWS,
}
"""The scripts and files that the browser needs for a page, in order."""
FRAME = ("/assets/component.js", "/assets/native.js", "/assets/search.js", "/assets/watch.js", "/assets/visited.js")
"""The same for every page."""


def is_offered(release: Release, page: str) -> bool:
    """Whether menu, search and briefings offer a page: not where the city has nothing of its themes. Its address opens all the same."""
    if page == "claims":
        return len(release.tables["claims"]) > 0
    if page == "peers":
        return peers.is_recorded(release)
    return page not in THEMES_OF or any(is_recorded(release, theme) for theme in THEMES_OF[page])


def needed_first() -> dict[str, tuple[str, ...]]:
    """For the address of each page ("" is the first) the files of ours that it needs."""
    return {"" if name == FIRST else name: (*DRAWN.get(name, ()), *FRAME) for group in PLACES.values() for name in group}
