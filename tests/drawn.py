"""What a page of an AppTest hands to the browser: its charts and its maps, as their JSON says, and what can be downloaded."""

import json

import pandas as pd
from streamlit.testing.v1 import AppTest

from charts.map import Kind

TIES = (Kind("memorandum", "grey", False, 4.5), Kind("friendship", "gold", True, 5.5), Kind("sister", "blue", True, 5.5))
"""How three kinds of tie are drawn on a map."""


def charts(app: AppTest) -> list[dict]:
    """Each chart in the order of the page: `alt`, and plotly's `figure`."""
    return _drawn(app, "dashboard_chart")


def maps(app: AppTest) -> list[dict]:
    """Each map in the order of the page: `alt`, and charts.map.World as `world`."""
    found = _drawn(app, "dashboard_map")
    for layer in (layer for shown in found for layer in shown["world"]["deck"]["layers"]):
        keys, rows = layer["data"]["keys"], layer["data"]["rows"]
        layer["data"] = [dict(zip(keys, row, strict=True)) for row in rows]
    return found


def lists(app: AppTest) -> list[pd.DataFrame]:
    """Each list whose rows can be chosen, in the order of the page: its titles as columns, its texts and numbers, its rows' names as index.

    `attrs["alt"]` is its text alternative.
    """
    return [_list(told) for told in _drawn(app, "dashboard_list")]


def _list(told: dict) -> pd.DataFrame:
    rows = [[cell[0] if isinstance(cell, list) else cell for cell in cells] for _, *cells in told["rows"]]
    frame = pd.DataFrame(rows, columns=told["heads"], index=[name for name, *_ in told["rows"]])
    frame.attrs["alt"] = told["alt"]
    return frame


def downloads(app: AppTest) -> list[str]:
    """What can be downloaded from a page, but for the evidence pack at the foot of every page."""
    return [button.proto.label for button in app.get("download_button") if button.key != "evidence"]


def _drawn(app: AppTest, name: str) -> list[dict]:
    return [json.loads(element.proto.bytes) for element in app.get("bidi_component") if element.proto.component_name == name]


def shown(app: AppTest) -> str:
    """All HTML of a page that came through without a fault, that of its lists too."""
    assert not app.exception
    assert not app.error
    return "\n".join([*(block.proto.body for block in app.get("html")), *(told["rows"] for told in _drawn(app, "dashboard_rows"))])


def plainly(app: AppTest) -> str:
    """As `shown`, no-break spaces as spaces."""
    return shown(app).replace("\N{NO-BREAK SPACE}", " ")


def missing(app: AppTest, *said: str) -> list[str]:
    """Which of some sentences a page does not say, no-break spaces as spaces."""
    html = plainly(app)
    return [text for text in said if text not in html]
