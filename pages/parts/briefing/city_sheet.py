"""The download button of a city's dossier as a one-page PDF, made on click."""

import streamlit as st

from exports.pdf.handout import one_page
from pages.parts.briefing.city_slides import dossier
from pages.parts.shell.current_user import audited
from pages.parts.shell.selection import View


def sheet(view: View) -> None:
    """The download button of the one-page PDF."""
    chosen = view.selection
    file = f"{chosen.city}_{chosen.as_of.isoformat()}_r{view.release.number}_{chosen.lang}.pdf"
    st.download_button(
        view.words.t("city.pdf"),
        data=audited(file, lambda: one_page(dossier(view), view.words)),
        file_name=file,
        mime="application/pdf",
        on_click="ignore",
        type="tertiary",
        icon=":material/picture_as_pdf:",
        key="city-pdf",
    )
