"""Uploads: files, a form or a row, what was read and the problems. Only complete data goes into a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from html import escape

import streamlit as st

from languages import FALLBACK, LANGUAGES
from metrics.schema.names import Rows
from metrics.schema.release import Release
from metrics.schema.vocabulary import codes_of
from pages.parts.data_desk.changes import cell
from pages.parts.data_desk.draft import Opened, save
from pages.parts.data_desk.entry import entry_form
from pages.parts.data_desk.form import form, rows_of
from pages.parts.data_desk.grid import grid
from pages.parts.data_desk.partner_list import partner_list
from pages.parts.data_desk.problems import problem_list
from pages.parts.shell import blocks
from pages.parts.shell.parameters import word_of, write
from pages.parts.shell.selection import View
from publishing.changes.review import differences
from publishing.changes.rows import added_to, in_order_of, lacking_most
from publishing.desk.desk import DraftWorkspace, as_of_release, made_on
from publishing.files.downloads import title
from publishing.files.intake import Intake, take, together
from publishing.files.limits import FILE, MEGABYTE
from publishing.files.row_names import known_names
from publishing.files.sentences import read_as
from publishing.store.release_cache import current_release
from publishing.store.releases import candidate
from wording import words as words_in

WAYS = ("upload", "form", "row", "grid", "list")
FAULTS = "desk-faults"
"""Session key of an upload with problems: its files, the record of what was read, and the problems."""
SHORT = "desk-short"
"""Session key of files that lack most rows of some tables: the files, what was read and the tables."""
ROWS, WHOLE = "rows", "whole"
READ = 0.5
"""The progress when the files are read."""
READ_AS_KEPT = 200
"""Most reinterpreted cells that a draft stores; all are counted."""


def uploads(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    words = view.words
    with st.container(key="figure-give"):
        blocks.title(words.t("desk.give"), words.t("desk.give_measure"))
        first = "form" if "form" in st.query_params else WAYS[0]
        way = word_of(view, "how", WAYS, first)
        st.segmented_control(
            words.t("desk.give"),
            WAYS,
            format_func=lambda name: words.t(f"desk.how_{name}"),
            key="control-how",
            required=True,
            on_change=write,
            args=("how", first),
            label_visibility="collapsed",
        )
        if way == "row":
            form(workspace, opened)
        elif way == "form":
            entry_form(workspace, opened)
        elif way == "grid":
            grid(opened, partial(_check, view, workspace, opened, holds=WHOLE))
            _report(view, opened)
        elif way == "list":
            partner_list(view, workspace, opened)
        else:
            _upload(view, workspace, opened)


def _upload(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    words, turn = view.words, st.session_state.get("desk-turn", 0)
    # Streamlit's uploader is English only; the style sheet shows this label instead.
    st.html(f'<style>.st-key-figure-give {{ --pick: "{words.t("desk.pick")}" }}</style>')
    files = st.file_uploader(
        words.t("desk.upload", limit=FILE // MEGABYTE),
        accept_multiple_files=True,
        key=f"desk-files-{turn}",
    )
    if files and st.button(words.n("desk.check", len(files)), type="primary", key="desk-check", icon=":material/fact_check:"):
        _check(view, workspace, opened, tuple((file.name, file.getvalue()) for file in files))
    _ask(view, workspace, opened)
    _report(view, opened)


def _report(view: View, opened: Opened) -> None:
    """What was read from files: those of the draft, or one with problems and these."""
    contents, record, problems = st.session_state.get(FAULTS, ((), None, ()))
    records = [record] if record else opened.files
    _file_list(
        view, [file for upload in records for file in upload["files"]], [name for upload in records for name in upload.get("aside", ())]
    )
    words, lang = view.words, view.selection.lang
    cells = [(*where, text.get(lang, text[FALLBACK])) for upload in records for *where, text in upload["read_as"]]
    _read_as(view, cells, sum(upload["count"] for upload in records))
    if record:
        problem_list(view, problems, contents, record["files"])
        st.button(words.t("desk.faults_close"), key="faults-close", type="tertiary", on_click=st.session_state.pop, args=(FAULTS, None))


def _ask(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    """Ask whether files that lack most rows of their tables hold these rows only."""
    words = view.words
    files, intake, tables = st.session_state.get(SHORT, ((), None, ()))
    if intake is None:
        return
    named = ", ".join(title(table, words.lang) for table in tables)
    st.html(f'<div class="faults" role="status"><h3>{escape(words.t("desk.short", tables=named))}</h3></div>')
    with st.container(horizontal=True, gap="small", key="doors-short"):
        for name, kind in ((ROWS, "primary"), (WHOLE, "secondary")):
            if st.button(words.t(f"desk.short_{name}"), key=f"short-{name}", type=kind):
                _decide(view, workspace, opened, files, intake, name)


def _check(view: View, workspace: DraftWorkspace, opened: Opened, files: tuple[tuple[str, bytes], ...], holds: str = "") -> None:
    """Read the files into a draft, or report the problems and change nothing; `holds` as `_decide`."""
    words = view.words
    bar = st.progress(0.0, words.t("desk.reading"))
    codes, names = codes_of(opened.newest.tables), known_names(partial(rows_of, opened), [words, *map(words_in, LANGUAGES)])
    intake = take(files, lambda share: bar.progress(min(share, 1.0) * READ, words.t("desk.reading")), codes=codes, names=names)
    bar.progress(READ, words.t("desk.checking"))
    _decide(view, workspace, opened, files, intake, holds)


def _decide(
    view: View, workspace: DraftWorkspace, opened: Opened, files: tuple[tuple[str, bytes], ...], intake: Intake, holds: str = ""
) -> None:
    """Keep what was read, or ask what short files hold, ROWS or WHOLE."""
    base = opened.base if opened.draft else _base(opened, files, intake)
    taken = as_of_release(intake.tables, base)
    st.session_state.pop(FAULTS, None)
    st.session_state.pop(SHORT, None)
    if not holds and (short := lacking_most(taken, base)):
        st.session_state[SHORT] = files, intake, short
    else:
        _keep(view, workspace, opened, files, intake, base, taken, holds == ROWS)
    st.session_state["desk-turn"] = st.session_state.get("desk-turn", 0) + 1  # a new key empties the uploader
    st.rerun()


def _keep(
    view: View,
    workspace: DraftWorkspace,
    opened: Opened,
    files: tuple[tuple[str, bytes], ...],
    intake: Intake,
    base: Release,
    taken: Mapping[str, Rows],
    rows_only: bool,
) -> None:
    """Keep the tables in the draft, or the problems for the page."""
    words = view.words
    tables = added_to(base, taken) if rows_only else taken
    release, faults = candidate(base, {**opened.tables, **tables})
    problems = together(intake.problems, faults)
    if problems or release is None:
        st.session_state[FAULTS] = files, _record(intake), problems
        st.toast(words.n("desk.problems", len(problems)), icon=":material/error:")
    elif not differences(base, release):
        st.session_state["desk-said"] = words.t("desk.same", number=str(base.number))
    else:
        kept = {**opened.tables, **(in_order_of(base, tables) if rows_only else tables)}
        save(workspace, opened, kept, base=base, files=[*opened.files, _record(intake)])
        st.session_state["desk-said"] = words.n("desk.kept", len(intake.tables))


def _base(opened: Opened, files: Sequence[tuple[str, bytes]], intake: Intake) -> Release:
    """The release that the files were downloaded from, else the current one."""
    number = made_on([name for name, _ in files], opened.newest.number, intake.release)
    return opened.newest if number == opened.newest.number else current_release(number)


def _record(intake: Intake) -> Mapping[str, object]:
    """What was read from files, with the reinterpreted cells in every language, since the draft may be opened in another."""
    first = intake.read_as[:READ_AS_KEPT]
    cells = [[entry.table, entry.row, entry.column, {lang: read_as(entry, words_in(lang)) for lang in LANGUAGES}] for entry in first]
    doubts = [[doubt.table, doubt.row, doubt.column, doubt.value, doubt.kind, dict(doubt.params)] for doubt in intake.doubts]
    record = {"files": [asdict(file) for file in intake.files], "read_as": cells, "count": len(intake.read_as)}
    return record | {"doubts": doubts, "aside": list(intake.aside)}


def _file_list(view: View, files: Sequence[Mapping], aside: Sequence[str]) -> None:
    lines = [(_label(file), _file_text(view, file)) for file in files] + [(name, view.words.t("desk.aside")) for name in aside]
    items = "".join(f"<li>{cell(label)}<span class='when'>{escape(text)}</span></li>" for label, text in lines)
    if items:
        st.html(f'<div class="part">{escape(view.words.t("desk.files"))}</div><ul class="list">{items}</ul>')


def _label(file: Mapping) -> str:
    return f"{file['name']} › {file['sheet']}" if file["sheet"] else str(file["name"])


def _file_text(view: View, file: Mapping) -> str:
    words = view.words
    separator = {",": "desk.comma", ";": "desk.semicolon", "\t": "desk.tab", "|": "desk.pipe"}.get(file["separator"], "")
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
