"""Where the server listens, whoever started it."""

import click
from uvicorn.main import main as uvicorn_run

from streamlit_internals import config, main_run, set_server_address


def listening() -> str:
    """The address or host name that the server listens on; "" for every address, a socket file, or where it cannot be known.

    To be called while the server starts. `streamlit run` follows the setting `server.address`, uvicorn its own --host; the setting is
    made to agree, so that pages know the address too. Other servers do not expose it.
    """
    start = click.get_current_context(silent=True)
    if start and start.command is main_run:
        return set_server_address(config.get_option("server.address") or "")
    if start and start.command is uvicorn_run and start.params["uds"] is None and start.params["fd"] is None:
        return set_server_address(start.params["host"])
    return set_server_address("")
