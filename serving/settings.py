"""Where the settings lie, and where the server listens, whoever starts it. Must not hold a setting itself."""

from pathlib import Path

import click
from streamlit import config, net_util
from streamlit.web.cli import main_run
from uvicorn.main import main as uvicorn_run


def use_settings_beside(front_door: str) -> None:
    """Make Streamlit read `.streamlit/config.toml` (and secrets) beside this file, before `st.App` is made.

    `streamlit run` does this itself. Another server does not: Streamlit would then look in the working folder and beside the
    page script, find neither, and serve the dashboard without its fonts and colours. There is no public call for it.
    """
    if config._main_script_path is None:
        config._main_script_path = str(Path(front_door).resolve())


def disable_address_lookup() -> None:
    """Keep Streamlit from asking other addresses for this machine's own, which a request with a foreign Origin makes it do.

    It waits for the answer before it serves anybody else, and there is no setting against it.
    """
    net_util.get_external_ip = net_util.get_internal_ip = lambda: None


def listening() -> str:
    """The address or name that the server listens on; "" where that is every address, a socket file, or cannot be known.

    To be called while the server starts. `streamlit run` goes by its setting `server.address`, uvicorn by its own --host and
    never by that setting: it is made to say the same, so that pages know too. Other servers say it to nobody.
    """
    start = click.get_current_context(silent=True)
    address = ""
    if start and start.command is main_run:
        address = config.get_option("server.address") or ""
    elif start and start.command is uvicorn_run and start.params["uds"] is None and start.params["fd"] is None:
        address = start.params["host"]
    config.set_option("server.address", address, "how the server was started")
    return address
