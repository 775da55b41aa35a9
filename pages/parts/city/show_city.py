"""Shows the page of cities: the controls to open one, the small map, the list of relations."""

from html import escape

import streamlit as st

from metrics.schema.names import names
from metrics.themes import contacts, partners_by
from metrics.themes.cities import in_name_order, nearest, neighbours
from pages.parts.city.city import MOST, about, alt, city_labels, place, world
from pages.parts.city.lists import COLUMNS, city_fields, relations, upload_hint
from pages.parts.elements.content import Item
from pages.parts.elements.row_text import empty_html, link_html, title_html, with_headings
from pages.parts.elements.show import csv_button, source_button
from pages.parts.shell.address import choose
from pages.parts.shell.components import rows as listing
from pages.parts.shell.components import world_map
from pages.parts.shell.links import link, shared_parameters
from pages.parts.shell.parameters import free_text, part_of, search_and_order, word_of
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
        on_change=lambda: choose(city=st.session_state["control-city"]),
        placeholder=view.words.t("city.choose"),
        label_visibility="collapsed",
        width=300,
    )


def inset(view: View) -> None:
    """The city's name and place with the map; a click on it does nothing."""
    city, words = about(view), view.words
    with st.container(key="city-place", height="stretch"):
        st.html(title_html(city.name, place(view)))
        if not view.home or city.row["lat"] != city.row["lat"]:
            st.html(empty_html(words.t("map.no_home")))
            return
        with st.container(key="city-map"):
            world_map(world(view), "map-city", alt(view), lambda picked: None)
        st.html(f'<div class="sourceline">{escape(words.t("city.disclaimer"))}</div>')


def unknown_city(view: View) -> None:
    """Where the address names an unknown city: a link to the nearest name."""
    query = st.query_params.get("city", "")
    city_id = nearest(view.release, query) if query and not view.selection.city else ""
    if city_id:
        name = names(view.release, "city", view.selection.lang)[city_id]
        name = link_html(Item("", **city_fields(city_id, name)), None if view.standing == "preview" else shared_parameters())
        st.html(f'<div class="said">{view.words.t("city.did_you_mean", city=name)}</div>')


def listed(view: View) -> None:
    """The list of relations: search, order, CSV; a row opens its dossier."""
    words, rows = view.words, relations(view)
    with st.container(key="figure-city-relations"):
        query, order = free_text("q"), word_of(view, "sort", contacts.ORDERS, "last")
        matches = contacts.put_in_order(partners_by.matching(rows, query, ["searched"]), order)
        title = words.n("city.relations", len(matches))
        st.html(title_html(title, words.t("contact.coverage")))
        search_and_order(view, contacts.ORDERS, lambda order: words.t(f"city.sort_{order}"), 260)
        if len(matches):
            _table(view, matches.iloc[part_of(view, len(matches))], title)
            csv_button(view, "relations", lambda: with_headings(view, matches, COLUMNS), "relations", quiet=True)
        source_button(view, "partners_in_contact", "figure-city-relations")


def _table(view: View, rows, title: str) -> None:
    years = rows["years_without"].astype(object).where(rows["years_without"].notna(), None)
    lines = [
        [row.city_id, row.name, [row.last_contact, row.contact_date], year, row.standing, row.subject, [row.anniversary, row.next_when],
         row.contacts, row.tie, row.country]
        for row, year in zip(rows.itertuples(), years, strict=True)
    ]  # fmt: skip
    picked = listing([view.words.of("column", column) for column in COLUMNS], lines, "relations", title)
    if picked:
        choose(city=picked, q="", sort="", rows="")
        st.rerun()


def unrecorded(view: View) -> None:
    """What to upload where the release has no contacts."""
    if not contacts.on_record(view.release):
        st.html(f'<div class="subtitle">{escape(upload_hint(view))}</div>')
        link(view, "data_desk", view.words.t("contact.to_the_desk"))
