"""The first start without data: the choice of the home city and, if there is one, its list of partners; or with data that have faults."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from charts.theme import palette
from languages import LANGUAGES, language_name, preferred
from metrics.schema.problems import Problem
from pages.parts.data_desk.partner_list import keep_list, list_fields
from pages.parts.data_desk.problems import grouped
from pages.parts.shell.blocks import records
from pages.parts.shell.current_user import rules, visitor
from pages.parts.shell.fragments import log_problems
from pages.parts.shell.language_menu import language_menu
from pages.parts.shell.links import shared_parameters
from pages.parts.shell.stylesheet import style
from publishing.access.rights import may_prepare
from publishing.new_city.countries import currency, languages
from publishing.new_city.describing import place_text
from publishing.new_city.folder import begin, is_missing
from publishing.new_city.gazetteer import Place, beginning_with
from publishing.new_city.kinds import Kinds
from publishing.store.errors import DashboardError
from publishing.store.release_cache import current_release, data_folder
from publishing.store.releases import UnreadableRelease
from wording import Words, words

BEGUN = "city-begun"
"""Session key that sends the person to the data desk after the choice."""
OFFERED = 12
WIDTH = 760
"""Of the form, in pixels."""


def first_start() -> bool:
    """Draw the choice of a city where there are neither data nor a store, or what is wrong with the data; whether it was drawn.

    Problems in data are for whoever may prepare them; for others this draws nothing.
    """
    missing, may = is_missing(), may_prepare(visitor(), rules())
    problems = _problems() if may and not missing else ()
    if not missing and not problems:
        return False
    lang = st.query_params.get("lang", "")
    texts = words(lang if lang in LANGUAGES else preferred(st.context.locale or ""))
    st.set_page_config(page_title=texts.t("new_city.title"), layout="wide")
    st.html(style(palette(st.context.theme.type or "light")))
    with st.container(width=WIDTH, key="first-start"):
        language_menu(texts, [lang for lang in LANGUAGES if lang != texts.lang])
        st.html(f'<h1 class="headline">{escape(texts.t("first_start.faults" if problems else "new_city.title"))}</h1>')
        if problems:
            _show(texts, problems)
        elif may:
            _choose(texts)
        else:
            st.html(f'<div class="said closed">{escape(texts.t("new_city.closed"))}</div>')
    return True


def _problems() -> Sequence[Problem]:
    """The problems of the data folder for which there is no release; () where there is one."""
    try:
        current_release()
    except UnreadableRelease as fault:
        return fault.problems
    return ()


def _show(texts: Words, problems: Sequence[Problem]) -> None:
    log_problems(problems)
    st.html(f'<div class="said">{escape(texts.t("first_start.mend"))} <code>python -m publishing check FOLDER</code></div>')
    st.html(f'<div class="faults" role="alert"><h3>{escape(texts.n("desk.problems", len(problems)))}</h3></div>')
    records(grouped(texts, problems))


def to_the_desk() -> None:
    """Open the data desk once after the choice, where the list is decided."""
    if st.session_state.pop(BEGUN, False):
        st.switch_page("data_desk.py", query_params=shared_parameters() | {"how": "list"})


def _choose(texts: Words) -> None:
    st.html(f'<div class="said">{escape(texts.t("new_city.about"))}</div>')
    text = st.text_input(texts.t("new_city.city"), key="city-text", max_chars=80, placeholder=texts.t("new_city.city_example"))
    place = _place(texts, text)
    if place:
        _facts(texts, place)
    content = list_fields(texts)
    if st.button(texts.t("new_city.begin"), type="primary", key="city-begin"):
        if place:
            _begin(texts, place, text, content)
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
    named = ", ".join(language_name(code, texts.lang) for code in languages(place.country))
    facts = {"zone": place.time_zone, "currency": currency(place.country), "languages": named}
    st.html(f'<div class="when">{escape(texts.t("new_city.facts", **facts))}</div>')


def _begin(texts: Words, place: Place, written: str, content: tuple[str, bytes] | None) -> None:
    try:
        begin(place, visitor(), rules(), written)
    except DashboardError as refused:
        st.error(refused.sentence(texts))
        return
    except OSError as closed:
        st.error(texts.t("new_city.not_writable", folder=str(data_folder()), reason=closed.strerror or ""))
        return
    if content:
        keep_list(*content, Kinds())
    st.session_state[BEGUN] = True
    st.rerun()
