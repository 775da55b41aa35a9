"""Shows the page of cities: the controls to open one, the small map, the list of relations."""

from collections.abc import Collection, Sequence
from html import escape

import streamlit as st

from metrics.counting.coverage import last_covered
from metrics.indicators.registry import read
from metrics.schema.names import names
from metrics.schema.vocabulary import codes, partner_kinds
from metrics.themes import contacts
from metrics.themes.cities import in_name_order, nearest, neighbours
from pages.parts.city.city import MOST, about, alt, city_labels, place, world
from pages.parts.city.lists import city_fields, upload_hint
from pages.parts.city.relations import COLUMNS, list_html, matching, orders, parts, relations, states
from pages.parts.elements.content import Item
from pages.parts.elements.dots import button_words
from pages.parts.elements.map import known_by_name
from pages.parts.elements.row_text import empty_html, link_html, title_html, with_headings
from pages.parts.elements.show import csv_button, source_button
from pages.parts.shell.address import choose
from pages.parts.shell.components import opening_rows, world_map
from pages.parts.shell.links import link, shared_parameters
from pages.parts.shell.parameters import LONGEST, choice, free_text, part_of, search_field, word_of
from pages.parts.shell.selection import View


def city_controls(view: View) -> None:
    """The previous and the next city by name, and the select box."""
    words = view.words
    before, after = neighbours(view.release, view.selection.lang, view.selection.city)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="city-going"):
        if before:
            _city_button(words.t("city.before"), "before", before)
        chooser(view)
        if after:
            _city_button(words.t("city.after"), "after", after)


def _city_button(label: str, key: str, city: str) -> None:
    """A button that opens a city. Not a page link: Streamlit's links to the current page do not change the address."""
    st.button(label, key=f"city-{key}", type="tertiary", on_click=choose, kwargs={"city": city})


def chooser(view: View) -> None:
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
            world_map(world(view), "map-city", alt(view), lambda picked: None, button_words(view))
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
    """The list of relations: filters, order, CSV; a row opens its dossier."""
    words, state = view.words, word_of(view, "state", ["", *states(view)], "")
    query, order = free_text("q"), word_of(view, "sort", orders(view), orders(view)[0])
    rows = matching(view, query, state, order)
    with st.container(key="figure-city-relations"):
        known = known_by_name(view, len(rows), read("partner_cities", view.release, view.selection.as_of))
        st.html(title_html(known, _measure(view)))
        _controls(view)
        if len(rows):
            along = shared_parameters("q", "sort", "state", "rows")
            opening_rows(list_html(view, rows.iloc[part_of(view, len(rows))], along), "relations", lambda city: choose(city=city))
            csv_button(view, "relations", lambda: with_headings(view, rows, COLUMNS), "relations", quiet=True)
        else:
            st.html(empty_html(words.t("newest.none")))
        source_button(view, "partners_in_contact", "figure-city-relations")


def _measure(view: View) -> str:
    """What the marks of the list mean; nothing where it has none."""
    if "met" in parts(view):
        return view.words.t("city.relations_measure", until=last_covered(view.release, "contacts", view.selection.as_of))
    return view.words.t("city.relations_unmet") if "strip" in parts(view) else ""


def shown_cities(view: View) -> list[str]:
    """The cities of the list as it is filtered by the address."""
    state = st.query_params.get("state", "")
    return list(matching(view, free_text("q"), state if state in states(view) else "", contacts.ORDERS[0])["city_id"])


def _controls(view: View) -> None:
    words = view.words
    named = {"": words.t("city.all_states")} | {state: words.of("follow", state) for state in states(view)}
    with st.container(horizontal=True, vertical_alignment="center", key="list-controls"):
        _kinds_and_regions(view)
        label = words.t("partners.search")
        search_field(label, 210, type="search", placeholder=words.t("partners.search_hint"), max_chars=LONGEST)
        if states(view):
            choice("state", words.of("parameter", "state"), list(named), named.get, 200)
        if len(orders(view)) > 1:
            choice("sort", words.t("partners.sort"), orders(view), lambda order: words.t(f"city.sort_{order}"), 190, orders(view)[0])


def _kinds_and_regions(view: View) -> None:
    """The filters of the address that all pages share, here each with one choice."""
    words, chosen, known = view.words, view.selection, relations(view)
    kinds = _named(view, "types", "city.all_kinds", partner_kinds(view.release), {*known["type"], *chosen.types})
    regions = _named(view, "regions", "filter.all_regions", codes(view.release, "regions"), {*known["region"], *chosen.regions})
    for name, options, own in (("types", kinds, chosen.types), ("regions", regions, chosen.regions)):
        if len(options) == 2 and not own:
            continue  # "" and one code: nothing to choose
        # Several that another page chose stay chosen until one is chosen here.
        several = {",".join(own): ", ".join(words.of(FAMILY[name], one) for one in own)} if len(own) > 1 else {}
        st.session_state[f"control-{name}"] = ",".join(own) if ",".join(own) in options | several else ""
        choice(name, words.t(f"filter.{name}"), [*options, *several], (options | several).get, 170)


FAMILY = {"types": "tie", "regions": "region"}


def _named(view: View, part: str, every: str, codes: Sequence[str], offered: Collection[str]) -> dict[str, str]:
    """The codes to choose from with their names, first "" for all."""
    return {"": view.words.t(every)} | {code: view.words.of(FAMILY[part], code) for code in codes if code in offered}


def unrecorded(view: View) -> None:
    """What to upload where the release has no contacts."""
    if not contacts.on_record(view.release):
        st.html(f'<div class="subtitle">{escape(upload_hint(view))}</div>')
        link(view, "data_desk", view.words.t("contact.to_the_desk"))
