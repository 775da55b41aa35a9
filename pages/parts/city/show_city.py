"""Controls to open another city."""

import streamlit as st

from metrics.themes.cities import in_name_order, neighbours
from pages.parts.city.city import MOST, city_labels
from pages.parts.shell.address import choose
from pages.parts.shell.selection import View


def city_controls(view: View) -> None:
    """The previous and the next city by name, the select box, and back to all relations."""
    words = view.words
    before, after = neighbours(view.release, view.selection.lang, view.selection.city)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="city-going"):
        if before:
            _city_button(words.t("city.before"), "before", before)
        choice(view)
        if after:
            _city_button(words.t("city.after"), "after", after)
        _city_button(words.t("city.all"), "all", "")


def _city_button(label: str, key: str, city: str) -> None:
    """A button that opens a city. Not a page link: Streamlit's links to the current page do not change the address."""
    st.button(label, key=f"city-{key}", type="tertiary", on_click=choose, kwargs={"city": city})


def choice(view: View) -> None:
    """The select box of cities; its search matches names in every language."""
    order = in_name_order(view.release, view.selection.lang)
    if len(order) > MOST:
        return
    labels = city_labels(view.release, view.selection.lang)
    st.session_state["control-city"] = view.selection.city if view.selection.city in order else None
    st.selectbox(
        view.words.t("city.choose"),
        order,
        format_func=lambda city: labels.get(city, city),
        key="control-city",
        on_change=_choose,
        placeholder=view.words.t("city.choose"),
        label_visibility="collapsed",
        width=300,
    )


def _choose() -> None:
    choose(city=st.session_state["control-city"])
