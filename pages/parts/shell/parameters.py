"""Parameters of a single page in the address: validated when read, written by the widgets that show them.

The address holds the state: each widget is set from it before it is drawn, and writes to it when it is used. An invalid value
gives a sentence and the default.
"""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from pages.parts.shell.address import choose
from pages.parts.shell.selection import AT_ONCE, View, whole_within

LONGEST = 200
"""Characters of a text parameter that are read."""


def word_of(view: View, name: str, allowed: Sequence[str], default: str) -> str:
    """A parameter that holds one of a few words."""
    value = st.query_params.get(name, default)
    if value not in allowed:
        not_usable(view, name)
        value = default
    st.session_state[f"control-{name}"] = value
    return value


def number_within(view: View, name: str, low: int, high: int, default: int) -> int:
    """A parameter that holds a whole number from `low` to `high`; one outside becomes the nearest."""
    text = st.query_params.get(name, "")
    value = default
    if text:
        value = whole_within(text, low, high, default)
        if str(value) != text:
            not_usable(view, name)
    st.session_state[f"control-{name}"] = value
    return value


def day_within(view: View, name: str, low: date, high: date) -> date | None:
    """A parameter that holds a day (ISO) from `low` to `high`, None without one; one outside becomes the nearest."""
    text = st.query_params.get(name, "")
    try:
        value = min(max(date.fromisoformat(text), low), high) if text else None
    except ValueError:
        value = None
    if text != (value.isoformat() if value else ""):
        not_usable(view, name)
    st.session_state[f"control-{name}"] = value
    return value


def part_of(view: View, many: int) -> slice:
    """The slice of a list of `many` rows that the address asks for; draws the control that pages through a long one."""
    last = max(1, -(-many // AT_ONCE))
    page = number_within(view, "rows", 1, last, 1)
    if last > 1:
        st.number_input(view.words.t("exports.page"), 1, last, key="control-rows", on_change=write, args=("rows", 1), width=160)
    return slice((page - 1) * AT_ONCE, page * AT_ONCE)


def free_text(name: str) -> str:
    value = st.query_params.get(name, "")[:LONGEST]
    st.session_state[f"control-{name}"] = value
    return value


def write(name: str, default: object = "") -> None:
    """Write the value of the widget `control-NAME` into the address; the default removes the parameter."""
    value = st.session_state[f"control-{name}"]
    choose(**{name: "" if value in (None, default) else value})


def narrow(name: str, default: object = "") -> None:
    """As `write`; the lists that it filters or sorts return to their first page."""
    write(name, default)
    choose(rows="", facts="")


def search_field(label: str, width: int, **options: object) -> None:
    """The search of a list, by the parameter `q`; `options` are those of `st.text_input`."""
    named = {"placeholder": label, **options}
    st.text_input(label, key="control-q", on_change=narrow, args=("q",), width=width, label_visibility="collapsed", **named)


def order_control(label: str, orders: Sequence[str], label_of: Callable[[str], str]) -> None:
    """The order of a list, by the parameter `sort`, by default the first; `label_of` names an order."""
    st.segmented_control(
        label,
        orders,
        format_func=label_of,
        key="control-sort",
        required=True,
        on_change=narrow,
        args=("sort", orders[0]),
        label_visibility="collapsed",
    )


def search_and_order(view: View, orders: Sequence[str], label_of: Callable[[str], str], width: int) -> None:
    """The controls of a list of cities in one row."""
    words = view.words
    with st.container(horizontal=True, vertical_alignment="center", key="list-controls"):
        search_field(words.t("partners.search"), width, type="search", placeholder=words.t("partners.search_hint"), max_chars=LONGEST)
        order_control(words.t("partners.sort"), orders, label_of)


def choice(name: str, label: str, options: Sequence[str], label_of: Callable[[str], str], width: int, default: str = "") -> None:
    """A control that filters or orders a list by one of some values; `label_of` names a value."""
    st.selectbox(
        label,
        options,
        format_func=label_of,
        key=f"control-{name}",
        on_change=narrow,
        args=(name, default),
        label_visibility="collapsed",
        width=width,
    )


def not_usable(view: View, name: str) -> None:
    """Show that a parameter could not be used."""
    st.info(view.words.t("notice.parameter", name=view.words.of("parameter", name)), icon=":material/info:")
