"""The front door: `streamlit run dashboard.py` or `uvicorn dashboard:app`. It puts the parts together and does nothing else."""

import os
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from exports.version import code_version
from pages.parts.elements.search import index
from pages.parts.shell.navigation import FIRST, needed_first
from pages.parts.shell.sign_in import noted_arrival, noted_export, noted_refusal, providers, rules, signed_by
from pages.parts.shell.stylesheet import beginning, colours
from serving.assets import assets_route, assets_shelf, icon_route
from serving.compression import Compressed, frontend_shelf
from serving.compression import needed_first as named_first
from serving.connections import limit_connections
from serving.front_page import FrontPage, other_pages_route
from serving.guard import Guard
from serving.logs import write_json
from serving.measures import Counted, measures_route
from serving.provider import ask_seldom
from serving.rehearsal import rehearsed
from serving.routes import routes
from serving.settings import ask_nobody, listening, use_settings_beside
from serving.sign_in import BACK, Arrivals, Entrance
from serving.stopping import Door, Ending
from serving.streams import opened_by
from serving.warm import warmed
from wording import LANGUAGES

PROJECT = Path(__file__).resolve().parent
ASSETS, FRONTEND = assets_shelf(PROJECT / "assets"), frontend_shelf()

OPENED_FIRST = ("", "partner_cities")
"""The addresses of the pages that most readers begin with."""

if os.environ.get("DASHBOARD_LOG") == "json":
    write_json()
use_settings_beside(__file__)
ask_nobody()
limit_connections()
RULES, ENTRANCE, ENDING = rules(), Entrance(providers(), colours()), Ending()
if RULES.sign_in:
    ask_seldom()
GUARDED = {
    "listening": listening(),
    "largest": st.get_option("server.maxUploadSize") * 2**20,
    "ancestors": os.environ.get("DASHBOARD_FRAME_ANCESTORS", "'self'"),
    "rules": RULES,
    "signed": signed_by,
    "entrance": ENTRANCE,
    "tell": noted_refusal,
    "hosts": st.get_option("server.allowedHosts"),
    "opener": opened_by,
}
app = st.App(
    str(PROJECT / "pages" / "_frame.py"),
    routes=[
        assets_route(ASSETS),
        icon_route(ASSETS),
        *routes(index=index),
        measures_route(),
        ENTRANCE.route(),
        other_pages_route(FIRST),
    ],
    middleware=[
        Middleware(Counted),
        Middleware(Guard, **GUARDED),
        Middleware(Door, ending=ENDING),
        Middleware(FrontPage, pages=needed_first(), beginning=beginning() + (BACK if RULES.sign_in else "")),
        Middleware(Arrivals, signed=signed_by, arrived=noted_arrival, took=noted_export),
        Middleware(Compressed, shelf=FRONTEND),
    ],
    lifespan=warmed(
        rehearsed(OPENED_FIRST, LANGUAGES, ("light", "dark")),
        listen=ENDING.listen,
        beside=[ASSETS.fill, lambda: FRONTEND.fill(named_first()), code_version],
    ),
)
