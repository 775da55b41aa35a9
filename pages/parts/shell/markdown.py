"""Escapes text for labels that Streamlit renders as Markdown."""

import re


def plain_label(text: str) -> str:
    """The text with every special character of Markdown escaped."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>$:~^&=])", r"\\\1", text).replace("\n", " ")
