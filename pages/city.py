"""All relations by last contact and next anniversary; with a city its dossier: history, map, agreements, contacts."""

import streamlit as st

from pages.parts.briefing.visit import dossier_files, prepare_visit
from pages.parts.city import city, follow_through, lists, relations, show_city
from pages.parts.city.report import report_button
from pages.parts.elements.content import Numbers
from pages.parts.elements.show import show, show_folded
from pages.parts.shell.view import current_view

view = current_view()
if city.chosen(view):
    show(view, city.headline(view))
    dossier_files(view)
    show(view, follow_through.answers(view))
    show_city.city_controls(view)
    history = city.figure(view)
    wide, beside = st.columns([7, 3], gap="medium")
    with wide:
        show(view, history)
    with beside:
        show_city.inset(view)
    with st.container() if history else wide:
        for part in lists.folded(view):
            show_folded(view, part)
    show(view, lists.all_sources(view))
else:
    show(view, relations.headline(view))
    show_city.unknown_city(view)
    show_city.unrecorded(view)
    with st.container(horizontal=True, key="take-along"):
        prepare_visit(view)
        report_button(view)
    show_city.listed(view)
    if pending := follow_through.pending(view):
        show_folded(view, pending)
    with st.expander(view.words.t("city.more_numbers")):
        show(view, Numbers(follow_through.NUMBERS))
