"""The button of the report to the council: as a Word document, in the city's own template if it is given one, or as a PDF."""

from functools import partial

import streamlit as st

from exports.pdf.handout import handout
from exports.report.content import report
from exports.report.document import MissingStyles, document, opened
from exports.slides import Briefing, file_name
from exports.templates import UnreadableTemplate
from pages.parts.shell import blocks
from pages.parts.shell.selection import View

TYPES = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf"}
"""The media type of each kind of file."""


def report_button(view: View) -> None:
    """The button that opens the downloads; each file is made on click."""
    words = view.words
    with st.popover(words.t("report.button"), icon=":material/summarize:", type="tertiary", key="report"):
        blocks.sentence(words.t("report.measure"), "subtitle")
        template = _template(view)
        named = Briefing(words.t("report.button"), "", view.selection.as_of, view.release.number, words.lang, view.palette, ())
        for kind, mime in TYPES.items():
            options = {"type": "primary" if kind == "docx" else "secondary", "key": f"report-{kind}", "width": "stretch"}
            blocks.download(words.t(f"report.{kind}"), file_name(named, kind), mime, partial(_content, view, kind, template), **options)


def _content(view: View, kind: str, template: bytes) -> bytes:
    made = report(view.release, view.selection.as_of, view.words)
    return document(made, view.words, template) if kind == "docx" else handout(made, view.words)


def _template(view: View) -> bytes:
    """The uploaded template, b"" for none and for one that cannot be used, with a sentence why."""
    words = view.words
    with st.container(key="report-template"):
        # Streamlit's uploader is English only; the style sheet shows this label instead.
        st.html(f'<style>.st-key-report-template {{ --pick: "{words.t("desk.pick")}" }}</style>')
        label = words.t("take_away.template")
        upload = st.file_uploader(label, type=["docx", "dotx"], key="report-file", help=words.t("report.template_how"))
        content = upload.getvalue() if upload else b""
        try:
            return content and opened(content) and content
        except UnreadableTemplate:
            blocks.alert(words.t("report.template_unreadable"))
        except MissingStyles as lacking:
            blocks.alert(words.t("report.template_styles", styles=", ".join(lacking.styles)))
    return b""
