"""Downloads: a table as CSV or Excel, its template, and archives of all, in the reader's language."""

from collections.abc import Callable
from html import escape

import streamlit as st

from metrics.schema.tables import TABLES
from pages.parts.data_desk.draft import Opened
from pages.parts.shell.current_user import taken
from pages.parts.shell.selection import View
from pages.parts.sources.show_sources import one_table
from pages.parts.sources.sources import DEFAULT, WORKBOOK
from publishing.files.downloads import as_csv, as_package, as_workbook, file_name, package_name, template, template_name, templates, whole


def chosen_table() -> str:
    """The table in the address, else the default."""
    named = st.query_params.get("data", DEFAULT)
    return named if named in TABLES else DEFAULT


def table_downloads(view: View, opened: Opened) -> None:
    """The choice of a table and its downloads, from the current release."""
    words, lang, release = view.words, view.selection.lang, opened.newest
    with st.container(key="figure-take"):
        fields = {"number": str(release.number)}
        measure = f'<div class="subtitle">{escape(words.t("desk.take_measure", **fields))}</div>'
        st.html(f'<h2 class="title">{escape(words.t("desk.take"))}</h2>{measure}')
        table = one_table(view, release)
        with st.container(horizontal=True, gap="small", key="doors-take"):
            _save("xlsx", "Excel", lambda: as_workbook(release, table, lang), file_name(table, release, lang, "xlsx"), WORKBOOK)
            _save("csv", "CSV", lambda: as_csv(release, table, lang), file_name(table, release, lang, "csv"), "text/csv")
            empty = words.t("desk.template")
            _save("template", empty, lambda: template(table, lang, "xlsx"), template_name(table, lang, "xlsx"), WORKBOOK)
        _archives(view, opened)


def _archives(view: View, opened: Opened) -> None:
    """The archives of all tables."""
    words, lang, release = view.words, view.selection.lang, opened.newest
    st.html(f'<div class="subtitle whole">{escape(words.t("desk.whole", tables=len(TABLES)))}</div>')
    with st.container(horizontal=True, gap="small", key="doors-whole"):
        name = f"tables_release-{release.number}_{lang}.zip"
        _save("whole", words.t("desk.all_excel"), lambda: whole(release, lang, "xlsx"), name, "application/zip")
        _save("templates", words.t("desk.all_templates"), lambda: templates(lang, "xlsx"), f"templates_{lang}.zip", "application/zip")
        _save("package", words.t("desk.package"), lambda: as_package(release), package_name(release), "application/zip")


def _save(key: str, label: str, data: Callable[[], bytes], name: str, mime: str) -> None:
    options = {"on_click": "ignore", "icon": ":material/download:", "key": f"take-{key}"}
    st.download_button(label, data=taken(name, data), file_name=name, mime=mime, **options)
