"""The ASGI app: `streamlit run dashboard.py` or `uvicorn dashboard:app`. Assembles the parts and does nothing else."""

import os
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from exports.version import code_version
from pages.parts.elements.search import index
from pages.parts.shell.navigation import FIRST, needed_first
from pages.parts.shell.sign_in import noted_arrival, noted_export, noted_refusal, provider_addresses, providers, rules, signed_by
from pages.parts.shell.stylesheet import beginning, colours
from publishing.store.home_language import languages_at_home
from serving.assets import FileCache
from serving.connections import limit_connections
from serving.front_page import FrontPage, other_pages_route
from serving.guard import Guard
from serving.logs import write_json
from serving.monitoring import CountingMiddleware, monitoring_route
from serving.provider import call_named_hosts
from serving.routes import routes
from serving.shutdown import DrainMiddleware, Shutdown
from serving.sign_in import BACK, SignInAudit, SignInPage
from serving.startup import listening, startup, warm_up_pages
from streamlit_internals import connection_of, disable_address_lookup, use_main_script

PROJECT = Path(__file__).resolve().parent

OPENED_FIRST = ("", "partner_cities")
"""The addresses of the pages that most readers begin with."""

if os.environ.get("DASHBOARD_LOG") == "json":
    write_json()
use_main_script(Path(__file__).resolve())
disable_address_lookup()
limit_connections()
RULES, SIGN_IN_PAGE, SHUTDOWN = rules(), SignInPage(providers(), colours(), languages_at_home), Shutdown()
if RULES.sign_in:
    call_named_hosts(provider_addresses())
GUARDED = {
    "listening": listening(),
    "largest": st.get_option("server.maxUploadSize") * 2**20,
    "ancestors": os.environ.get("DASHBOARD_FRAME_ANCESTORS", "'self'"),
    "rules": RULES,
    "signed": signed_by,
    "sign_in": SIGN_IN_PAGE,
    "on_refusal": noted_refusal,
    "hosts": st.get_option("server.allowedHosts"),
    "opener": connection_of,
}
app = st.App(
    str(PROJECT / "pages" / "_frame.py"),
    routes=[
        *routes(index=index),
        monitoring_route(),
        SIGN_IN_PAGE.route(),
        other_pages_route(FIRST),
    ],
    middleware=[
        Middleware(CountingMiddleware),
        Middleware(Guard, **GUARDED),
        Middleware(DrainMiddleware, shutdown=SHUTDOWN),
        Middleware(FrontPage, pages=needed_first(), beginning=beginning() + (BACK if RULES.sign_in else ""), offered=languages_at_home),
        Middleware(SignInAudit, signed=signed_by, on_sign_in=noted_arrival, on_download=noted_export),
        Middleware(FileCache, assets=PROJECT / "assets"),
    ],
    lifespan=startup(
        warm_up_pages(OPENED_FIRST, languages_at_home, ("light", "dark")),
        listen=SHUTDOWN.listen,
        beside=[code_version],
    ),
)
