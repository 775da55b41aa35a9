"""Uploads: files or a row in a form, what was read and the problems. Only complete data goes into a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from html import escape

import streamlit as st

from languages import FALLBACK, LANGUAGES
from metrics.schema.release import Release
from pages.parts.data_desk.changes import cell
from pages.parts.data_desk.draft import Opened, remember
from pages.parts.data_desk.form import form
from pages.parts.data_desk.partner_list import partner_list
from pages.parts.data_desk.problems import problem_list
from pages.parts.shell import blocks
from pages.parts.shell.parameters import word_of, write
from pages.parts.shell.selection import View
from publishing.changes.review import differences
from publishing.desk.desk import DraftWorkspace, as_of_release, made_on
from publishing.files.downloads import title
from publishing.files.intake import Intake, take, together
from publishing.files.limits import FILE, MEGABYTE
from publishing.files.sentences import read_as
from publishing.store.release_cache import current_release
from publishing.store.releases import candidate
from wording import words

WAYS = ("upload", "row", "list")
FAULTS = "desk-faults"
"""Session key of an upload with problems: its files, the record of what was read, and the problems."""
READ = 0.5
"""The progress when the files are read."""
READ_AS_KEPT = 200
"""Most reinterpreted cells that a draft stores; all are counted."""


def uploads(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    words = view.words
    with st.container(key="figure-give"):
        blocks.title(words.t("desk.give"), words.t("desk.give_measure"))
        way = word_of(view, "how", WAYS, WAYS[0])
        st.segmented_control(
            words.t("desk.give"),
            WAYS,
            format_func=lambda name: words.t(f"desk.how_{name}"),
            key="control-how",
            required=True,
            on_change=write,
            args=("how", WAYS[0]),
            label_visibility="collapsed",
        )
        if way == "row":
            form(workspace, opened)
        elif way == "list":
            partner_list(view, workspace, opened)
        else:
            _upload(view, workspace, opened)


def _upload(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    words, turn = view.words, st.session_state.setdefault("desk-turn", 0)
    # Streamlit's uploader is English only; the style sheet shows this label instead.
    st.html(f'<style>.st-key-figure-give {{ --pick: "{words.t("desk.pick")}" }}</style>')
    files = st.file_uploader(
        words.t("desk.upload", limit=FILE // MEGABYTE),
        type=["csv", "tsv", "txt", "xlsx", "zip"],
        accept_multiple_files=True,
        key=f"desk-files-{turn}",
    )
    if files and st.button(words.n("desk.check", len(files)), type="primary", key="desk-check", icon=":material/fact_check:"):
        _check(view, workspace, opened, tuple((file.name, file.getvalue()) for file in files))
    contents, record, problems = st.session_state.get(FAULTS, ((), None, ()))
    records = [record] if record else opened.files
    _file_list(view, [file for upload in records for file in upload["files"]])
    lang = view.selection.lang
    cells = [(*where, text.get(lang, text[FALLBACK])) for upload in records for *where, text in upload["read_as"]]
    _read_as(view, cells, sum(upload["count"] for upload in records))
    if record:
        problem_list(view, problems, contents, record["files"])
        st.button(words.t("desk.faults_close"), key="faults-close", type="tertiary", on_click=st.session_state.pop, args=(FAULTS, None))


def _check(view: View, workspace: DraftWorkspace, opened: Opened, files: tuple[tuple[str, bytes], ...]) -> None:
    """Read the files into a draft, or report the problems and change nothing."""
    words = view.words
    bar = st.progress(0.0, words.t("desk.reading"))
    intake = take(files, lambda share: bar.progress(min(share, 1.0) * READ, words.t("desk.reading")))
    bar.progress(READ, words.t("desk.checking"))
    base = opened.base if opened.draft else _base(opened, files)
    tables = {**opened.tables, **as_of_release(intake.tables, base)}
    release, faults = candidate(base, tables)
    problems = together(intake.problems, faults)
    bar.progress(1.0, words.t("desk.checking"))
    st.session_state.pop(FAULTS, None)
    if problems or release is None:
        st.session_state[FAULTS] = files, _record(intake), problems
        st.toast(words.n("desk.problems", len(problems)), icon=":material/error:")
    elif not differences(base, release):
        st.session_state["desk-said"] = words.t("desk.same", number=str(base.number))
    else:
        remember(workspace.keep(tables, base=base, files=[*opened.files, _record(intake)], id=opened.id))
        st.session_state["desk-said"] = words.n("desk.kept", len(intake.tables))
    st.session_state["desk-turn"] += 1  # a new key empties the uploader
    st.rerun()


def _base(opened: Opened, files: Sequence[tuple[str, bytes]]) -> Release:
    """The release of the downloaded files by their names, else the current one."""
    number = made_on([name for name, _ in files], opened.newest.number)
    return opened.newest if number == opened.newest.number else current_release(number)


def _record(intake: Intake) -> Mapping[str, object]:
    """What was read from files, with the reinterpreted cells in every language, since the draft may be opened in another."""
    first = intake.read_as[:READ_AS_KEPT]
    cells = [[entry.table, entry.row, entry.column, {lang: read_as(entry, words(lang)) for lang in LANGUAGES}] for entry in first]
    return {"files": [asdict(file) for file in intake.files], "read_as": cells, "count": len(intake.read_as)}


def _file_list(view: View, files: Sequence[Mapping]) -> None:
    items = "".join(f"<li>{cell(_label(file))}<span class='when'>{escape(_file_text(view, file))}</span></li>" for file in files)
    if items:
        st.html(f'<div class="part">{escape(view.words.t("desk.files"))}</div><ul class="list">{items}</ul>')


def _label(file: Mapping) -> str:
    return f"{file['name']} › {file['sheet']}" if file["sheet"] else str(file["name"])


def _file_text(view: View, file: Mapping) -> str:
    words = view.words
    separator = {",": "desk.comma", ";": "desk.semicolon", "\t": "desk.tab"}.get(file["separator"], "")
    parts = [title(file["table"], words.lang), words.n("count.rows", file["rows"]), file["encoding"]]
    return ", ".join([*filter(None, parts), *([words.t(separator)] if separator else [])])


def _read_as(view: View, cells: Sequence[tuple], count: int) -> None:
    """The number of reinterpreted cells, and the cells in an expander."""
    if not count:
        return
    with st.expander(view.words.n("desk.read_as", count), key="desk-read-as"):
        items = "".join(
            f"<li>{escape(view.words.t('desk.where', table=title(table, view.selection.lang), row=str(row), column=column))}"
            f'<span class="when">{cell(sentence)}</span></li>'
            for table, row, column, sentence in cells[:READ_AS_KEPT]
        )
        rest = blocks.rest(view.words, "desk.more_cells", count - len(cells))
        blocks.records(f'<ul class="list">{items}{rest}</ul>')
