"""The preview of a slide, drawn by the script that presents it. Must not choose what it shows."""

import json

import streamlit as st

from exports.slides import Slide
from pages.parts.briefing.slide_html import slide_json
from pages.parts.shell.components import element
from pages.parts.shell.selection import View

_PREVIEW = element("preview")


def preview(view: View, slide: Slide) -> None:
    """The slide in the reader's language and colours, in full width."""
    data = f'{{"colours":{json.dumps(vars(view.palette))},"slide":{slide_json(slide, view.palette, view.words)}}}'
    with st.container(key="slide-preview"):
        _PREVIEW(key="slide-drawn", data=data.encode())
