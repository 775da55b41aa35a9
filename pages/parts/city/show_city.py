"""The controls that go to another city."""

import streamlit as st

from metrics.themes.cities import in_name_order, neighbours
from pages.parts.city.city import MOST, city_labels
from pages.parts.shell.address import choose
from pages.parts.shell.selection import View


def going(view: View) -> None:
    """The controls that go to the city before and after in the order of names, to any other, and back to all relations."""
    words = view.words
    before, after = neighbours(view.release, view.selection.lang, view.selection.city)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="city-going"):
        if before:
            _door(words.t("city.before"), "before", before)
        choice(view)
        if after:
            _door(words.t("city.after"), "after", after)
        _door(words.t("city.all"), "all", "")


def _door(label: str, key: str, city: str) -> None:
    """A quiet button that goes to a city of this page: Streamlit's own links to the page they stand on leave the address as it is."""
    st.button(label, key=f"city-{key}", type="tertiary", on_click=choose, kwargs={"city": city})


def choice(view: View) -> None:
    """The control that chooses a city: typed in either language, its name is found."""
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
