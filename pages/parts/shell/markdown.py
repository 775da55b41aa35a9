"""Text of a reader or of a table in a label that Streamlit takes for Markdown. Nothing in it shall mean anything."""

import re


def plain_label(text: str) -> str:
    """A text that is shown as it is: every sign that Markdown knows is written as itself."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>$:~^&=])", r"\\\1", text).replace("\n", " ")
