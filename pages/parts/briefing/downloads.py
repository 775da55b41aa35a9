"""Downloads of the open briefing, made on click in the background: PowerPoint (or the reader's template), two PDFs, evidence pack.

exports/ makes the files; this module starts the jobs and shows their progress.
"""

import hashlib
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from exports.deck.deck import UnreadableTemplate
from exports.deck.powerpoint import powerpoint
from exports.pdf.handout import for_audience, handout
from exports.slides import Briefing
from exports.slides import file_name as name_of
from pages.parts.briefing.slides import slides_of
from pages.parts.briefing.slides_file import slides_file
from pages.parts.elements.evidence import evidence
from pages.parts.shell import blocks
from pages.parts.shell.background_jobs import BackgroundJobs, Job, Progress
from pages.parts.shell.fragments import error_boundary
from pages.parts.shell.selection import View
from publishing.desk.briefings import Outline

EVERY = 0.4
"""Seconds between two checks of a running job."""
_JOBS = BackgroundJobs()


@dataclass(frozen=True)
class FileRequest:
    """A requested file: kind, view, outline, title and template."""

    kind: str
    view: View
    outline: Outline
    title: str
    template: bytes = b""

    def key(self) -> tuple:
        return self.kind, self.view, self.outline, self.title, hashlib.sha256(self.template).digest()


def briefing(view: View, outline: Outline, title: str) -> Briefing:
    """The briefing for exports/, in the light colours of paper."""
    paper, chosen = replace(view, scheme="light", notices=()), view.selection
    slides = slides_of(paper, outline)
    return Briefing(title, view.home_name, chosen.as_of, view.release.number, chosen.lang, paper.palette, slides)


def file_content(request: FileRequest, progress: Progress) -> bytes:
    """The requested file. Raises UnreadableTemplate."""
    words, content = request.view.words, briefing(request.view, request.outline, request.title)
    if request.kind == "pptx":
        return powerpoint(content, words, request.template or None, progress)
    if request.kind == "html":
        return slides_file(request.view, request.outline, request.title, progress)
    if request.kind == "zip":
        return evidence(request.view, request.title, content.slides)
    return handout(for_audience(content) if request.kind == "pdf" else content, words, progress)


FILES = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "html": "text/html",
    "pdf": "application/pdf",
    "notes_pdf": "application/pdf",
    "zip": "application/zip",
}
"""The media type of each kind of file."""


def file_name(view: View, title: str, kind: str) -> str:
    """The name of a file: its title, date, release and language."""
    chosen = view.selection
    return name_of(Briefing(title, "", chosen.as_of, view.release.number, chosen.lang, view.palette, ()), kind.replace("_", "."))


def downloads(view: View, outline: Outline, title: str) -> None:
    words = view.words
    paper = replace(view, scheme="light", notices=())
    with st.container(key="figure-take-away"):
        blocks.title(words.t("take_away.title"), words.t("take_away.measure"))
        above = st.container()
        template = _template(view)
        requests = [FileRequest(kind, paper, outline, title, template if kind == "pptx" else b"") for kind in FILES]
        making = any(_is_making(request) for request in requests)
        # Poll only while a job is running; the page is rerun when all have ended.
        with above:
            st.fragment(_files, run_every=EVERY if making else None)(view, requests, making)


def _template(view: View) -> bytes:
    """The uploaded template, b"" for none."""
    words = view.words
    with st.expander(words.t("take_away.template"), key="take-away-template"):
        blocks.sentence(words.t("take_away.template_how"), "subtitle")
        # Streamlit's uploader is English only; the style sheet shows this label instead.
        st.html(f'<style>.st-key-figure-take-away {{ --pick: "{words.t("desk.pick")}" }}</style>')
        upload = st.file_uploader(words.t("take_away.template"), type=["pptx", "potx"], key="take-away-file", label_visibility="collapsed")
    return upload.getvalue() if upload else b""


def pdf(view: View, outline: Outline, title: str) -> None:
    """One PDF of an outline: its button, its progress, its download."""
    request = FileRequest("pdf", replace(view, scheme="light", notices=()), outline, title)
    making = _is_making(request)
    st.fragment(_files, run_every=EVERY if making else None)(view, [request], making)


def _is_making(request: FileRequest) -> bool:
    job = _JOBS.find(request.key())
    return job is not None and not job.result.done()


def _files(view: View, requests: list[FileRequest], making: bool) -> None:
    with error_boundary():
        for request in requests:
            _file(view, request, _JOBS.find(request.key()))
    if making and not any(_is_making(request) for request in requests):
        st.rerun()


def _file(view: View, request: FileRequest, job: Job | None) -> None:
    """A file: the button that starts its job, its progress, or the download."""
    words, name = view.words, view.words.of("take_away", request.kind)
    if job is None or job.failed():
        if job is not None:
            refused = isinstance(job.result.exception(), UnreadableTemplate)
            blocks.alert(words.t("take_away.failed_template" if refused else "take_away.failed", name=name))
        if st.button(name, key=f"make-{request.kind}", icon=":material/description:", width="stretch"):
            _JOBS.ask(request.key(), partial(file_content, request))
            st.rerun()
    elif (content := job.content()) is None:
        st.progress(job.done / job.of, words.t("take_away.making", name=name, done=job.done, of=job.of))
    else:
        file, options = (
            file_name(view, request.title, request.kind),
            {"type": "primary", "width": "stretch", "key": f"take-{request.kind}"},
        )
        blocks.download(words.t("take_away.ready", name=name), file, FILES[request.kind], lambda: content, **options)
