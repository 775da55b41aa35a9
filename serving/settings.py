"""Where the settings lie: .streamlit/ beside the front door, whoever starts it. Must not hold a setting itself."""

from pathlib import Path

from streamlit import config


def use_settings_beside(front_door: str) -> None:
    """Make Streamlit read `.streamlit/config.toml` (and secrets) beside this file, before `st.App` is made.

    `streamlit run` does this itself. Another server does not: Streamlit would then look in the working folder and beside the
    page script, find neither, and serve the dashboard without its fonts and colours. There is no public call for it.
    """
    if config._main_script_path is None:
        config._main_script_path = str(Path(front_door).resolve())
