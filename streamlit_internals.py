"""All that the dashboard uses from inside Streamlit, which a new version may change: each once, with what it is needed for.

tests/test_streamlit_internals.py fails for each that is gone or works otherwise, with a sentence. Decides nothing.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit
from streamlit import (
    config,  # to set the main script and the address that pages know, for which there is no public call
    net_util,  # to keep Streamlit from asking other hosts for this machine's address
)
from streamlit.auth_util import (
    encode_provider_token,  # to name the provider that /auth/login begins with
    get_cookie_with_chunks,  # to put a long sign-in cookie together
    get_origin_from_redirect_uri,  # to refuse a cookie made for another address
)
from streamlit.proto.BackMsg_pb2 import BackMsg  # to run a page at start, and as the viewers of benchmarks do
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # to see that a page has run
from streamlit.runtime import Runtime  # to run pages at start, to find the connection of a session, to count sessions
from streamlit.runtime.scriptrunner import get_script_run_ctx  # to know whether a fragment runs alone
from streamlit.runtime.session_manager import (
    ClientContext,  # to read the cookies and the address of an open page
    SessionClient,  # to stand in for a browser when pages are run at start
)
from streamlit.runtime.stats import (
    ACTIVE_SESSIONS_FAMILY,  # to report open sessions at /metrics
    SESSION_DURATION_FAMILY,  # to report how long sessions last at /metrics
    SESSION_EVENTS_FAMILY,  # to report how many sessions came and went at /metrics
)
from streamlit.web.cli import main_run  # to know that `streamlit run` started the server
from streamlit.web.server.server_util import get_cookie_secret  # to check the signature of the sign-in cookie
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value  # to read the sign-in cookie
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME  # to find the sign-in cookie

__all__ = [
    "USER_COOKIE_NAME",
    "BackMsg",
    "ClientContext",
    "ForwardMsg",
    "Runtime",
    "SessionClient",
    "config",
    "encode_provider_token",
    "get_origin_from_redirect_uri",
    "main_run",
]

FRONTEND, INDEX = Path(streamlit.__file__).parent / "static", "index.html"
"""Where Streamlit's scripts and styles are, and the page that loads them."""
SCRIPT_THREAD = "ScriptRunner.scriptThread"
"""The name of a thread that runs a page, from the control that was used to the last element."""


def use_main_script(file: Path) -> None:
    """Make Streamlit read `.streamlit/` beside this file, unless it already reads it beside another."""
    if config._main_script_path is None:
        config._main_script_path = str(file)


def set_server_address(address: str) -> str:
    """Make pages see this address as the setting `server.address`."""
    config.set_option("server.address", address, "how the server was started")
    return address


def disable_address_lookup() -> None:
    """Keep Streamlit from asking other hosts for this machine's address, which a request with a foreign Origin makes it do.

    It waits for the answer before it serves anybody else, and there is no setting against it.
    """
    net_util.get_external_ip = net_util.get_internal_ip = lambda: None


def signed_claims(cookies: Mapping[str, str]) -> bytes | None:
    """The JSON of the sign-in cookie; None where it is missing, forged, damaged or too old."""
    if USER_COOKIE_NAME not in cookies:
        return None
    secret = get_cookie_secret()

    def decode(name: str) -> bytes | None:
        # Header fields are latin-1.
        return decode_signed_value(secret, name, cookies.get(name, "").encode("latin-1", "replace"))

    return get_cookie_with_chunks(decode, USER_COOKIE_NAME)


def connection_of(session: str) -> ClientContext | None:
    """The connection of an open page by its session's id: headers, cookies and address; None where there is none."""
    client = Runtime.instance().get_client(session) if Runtime.exists() else None
    return client.client_context if client else None


def session_stats() -> Mapping[str, Sequence[Any]]:
    """Streamlit's numbers of its sessions by their names: cheap, and none of a person."""
    families = (SESSION_EVENTS_FAMILY, SESSION_DURATION_FAMILY, ACTIVE_SESSIONS_FAMILY)
    return Runtime.instance().stats_mgr.get_stats(families) if Runtime.exists() else {}


def expire_sessions() -> None:
    """Drop closed sessions that can no longer be resumed: Streamlit itself does so only when the next one closes."""
    if Runtime.exists():
        manager: Any = Runtime.instance()._session_mgr  # any kind of manager; the one in use keeps closed sessions in a cache
        manager._session_storage._cache.expire()


def runs_fragment() -> bool:
    """Whether a fragment of the page runs alone, without the rest of the page."""
    run = get_script_run_ctx()
    return bool(run and run.fragment_ids_this_run)
