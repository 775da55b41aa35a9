"""Downloads: a table as CSV or Excel, its template, and archives of all, in the reader's language."""

from collections.abc import Callable

import streamlit as st

from metrics.schema.tables import TABLES
from pages.parts.data_desk.draft import Opened
from pages.parts.shell import blocks
from pages.parts.shell.selection import View
from pages.parts.sources.show_sources import one_table
from pages.parts.sources.sources import DEFAULT, WORKBOOK
from publishing.files.downloads import as_csv, as_package, as_workbook, file_name, package_name
from publishing.files.templates import template, template_name, templates, whole


def chosen_table() -> str:
    """The table in the address, else the default."""
    named = st.query_params.get("data", DEFAULT)
    return named if named in TABLES else DEFAULT


def table_downloads(view: View, opened: Opened) -> None:
    """The choice of a table and its downloads, from the current release."""
    words, lang, release = view.words, view.selection.lang, opened.newest
    with st.container(key="figure-take"):
        blocks.title(words.t("desk.take"), words.t("desk.take_measure", number=str(release.number)))
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
    blocks.sentence(words.t("desk.whole", tables=len(TABLES)), "subtitle whole")
    with st.container(horizontal=True, gap="small", key="doors-whole"):
        name = f"tables_release-{release.number}_{lang}.zip"
        _save("whole", words.t("desk.all_excel"), lambda: whole(release, lang, "xlsx"), name, "application/zip")
        _save("templates", words.t("desk.all_templates"), lambda: templates(lang, "xlsx"), f"templates_{lang}.zip", "application/zip")
        _save("package", words.t("desk.package"), lambda: as_package(release), package_name(release), "application/zip")


def _save(key: str, label: str, data: Callable[[], bytes], name: str, mime: str) -> None:
    blocks.download(label, name, mime, data, key=f"take-{key}")
