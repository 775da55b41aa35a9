"""What a page of an AppTest hands to the browser: its charts and its maps, as their JSON says, and what can be downloaded."""

import json

from streamlit.testing.v1 import AppTest


def charts(app: AppTest) -> list[dict]:
    """Each chart in the order of the page: `alt`, and plotly's `figure`."""
    return _drawn(app, "dashboard_chart")


def maps(app: AppTest) -> list[dict]:
    """Each map in the order of the page: `alt`, and charts.map.World as `world`."""
    return _drawn(app, "dashboard_map")


def downloads(app: AppTest) -> list[str]:
    """What can be downloaded from a page, but for the evidence pack at the foot of every page."""
    return [button.proto.label for button in app.get("download_button") if button.key != "evidence"]


def _drawn(app: AppTest, name: str) -> list[dict]:
    return [json.loads(element.proto.bytes) for element in app.get("bidi_component") if element.proto.component_name == name]
