"""The first start without data: the choice of the home city and, if there is one, its list of partners."""

from html import escape

import streamlit as st

from charts.theme import palette
from languages import LANGUAGES, preferred
from pages.parts.data_desk.partner_list import keep_list, list_fields
from pages.parts.shell.current_user import rules, visitor
from pages.parts.shell.links import shared_parameters
from pages.parts.shell.stylesheet import style
from publishing.access.rights import may_prepare
from publishing.new_city.countries import currency, languages
from publishing.new_city.describing import place_text
from publishing.new_city.folder import begin, is_missing
from publishing.new_city.gazetteer import Place, beginning_with
from publishing.store.errors import DashboardError
from publishing.store.release_cache import data_folder
from wording import Words, words

BEGUN = "city-begun"
"""Session key that sends the person to the data desk after the choice."""
OFFERED = 12
WIDTH = 760
"""Of the form, in pixels."""


def first_start() -> bool:
    """Draw the choice of a city where there are neither data nor a store; whether it was drawn."""
    if not is_missing():
        return False
    lang = st.query_params.get("lang", "")
    texts = words(lang if lang in LANGUAGES else preferred(st.context.locale or ""))
    st.set_page_config(page_title=texts.t("new_city.title"), layout="wide")
    st.html(style(palette(st.context.theme.type or "light")))
    with st.container(width=WIDTH, key="first-start"):
        _language(texts)
        st.html(f'<h1 class="headline">{escape(texts.t("new_city.title"))}</h1>')
        if may_prepare(visitor(), rules()):
            _choose(texts)
        else:
            st.html(f'<div class="said closed">{escape(texts.t("new_city.closed"))}</div>')
    return True


def to_the_desk() -> None:
    """Open the data desk once after the choice, where the list is decided."""
    if st.session_state.pop(BEGUN, False):
        st.switch_page("data_desk.py", query_params=shared_parameters() | {"how": "list"})


def _language(texts: Words) -> None:
    names = {code: language.name for code, language in LANGUAGES.items()}
    st.session_state["control-first-lang"] = texts.lang
    st.segmented_control(
        texts.t("frame.language"),
        list(names),
        format_func=names.get,
        key="control-first-lang",
        required=True,
        on_change=_speak,
        label_visibility="collapsed",
    )


def _speak() -> None:
    st.query_params["lang"] = st.session_state["control-first-lang"]


def _choose(texts: Words) -> None:
    st.html(f'<div class="said">{escape(texts.t("new_city.about"))}</div>')
    text = st.text_input(texts.t("new_city.city"), key="city-text", max_chars=80, placeholder=texts.t("new_city.city_example"))
    place = _place(texts, text)
    if place:
        _facts(texts, place)
    content = list_fields(texts)
    if st.button(texts.t("new_city.begin"), type="primary", key="city-begin"):
        if place:
            _begin(texts, place, content)
        else:
            st.error(texts.t("new_city.title"))


def _place(texts: Words, text: str) -> Place | None:
    """The place that is chosen of those whose name begins with a text."""
    places = beginning_with(text, OFFERED) if text.strip() else ()
    if not places:
        if text.strip():
            st.html(f'<div class="said">{escape(texts.t("new_city.no_city", city=text))}</div>')
        return None
    labels = [place_text(place, texts) for place in places]
    at = st.selectbox(texts.t("new_city.which_place"), range(len(places)), format_func=lambda at: labels[at], key=f"city-{text}")
    return places[at]


def _facts(texts: Words, place: Place) -> None:
    """What is proposed for the city from the gazetteer and CLDR."""
    facts = {"zone": place.time_zone, "currency": currency(place.country), "languages": ", ".join(languages(place.country, texts.lang))}
    st.html(f'<div class="when">{escape(texts.t("new_city.facts", **facts))}</div>')


def _begin(texts: Words, place: Place, content: tuple[str, bytes] | None) -> None:
    try:
        begin(place, visitor(), rules())
    except DashboardError as refused:
        st.error(refused.sentence(texts))
        return
    except OSError as closed:
        st.error(texts.t("new_city.not_writable", folder=str(data_folder()), reason=closed.strerror or ""))
        return
    if content:
        keep_list(*content)
    st.session_state[BEGUN] = True
    st.rerun()
