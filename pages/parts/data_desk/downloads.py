"""Give: files to upload or one row in a form; what was understood and what is wrong. Only what is whole goes into a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape

import streamlit as st

from languages import FALLBACK, LANGUAGES
from metrics.schema.problems import Problem
from metrics.schema.release import Release
from pages.parts.data_desk.changes import cell
from pages.parts.data_desk.draft import Opened, remember
from pages.parts.data_desk.form import form
from pages.parts.data_desk.problems import problem_list
from pages.parts.shell.parameters import one_of, write
from pages.parts.shell.selection import View
from publishing.changes.review import differences
from publishing.desk.desk import DraftWorkspace, as_of_release, made_on
from publishing.files.downloads import title
from publishing.files.intake import Taken, take, together
from publishing.files.limits import FILE, MEGABYTE
from publishing.files.sentences import read_as
from publishing.store.release_cache import current_release
from publishing.store.releases import candidate
from wording import words

WAYS = ("upload", "row")
FAULTS = "desk-faults"
READ = 0.5
"""How far the work is when the files are read."""
READ_AS_KEPT = 200
"""Cells read as something else that a draft remembers; all are counted."""


@dataclass(frozen=True, eq=False)
class Faults:
    """An upload with problems: the files as they came, what was understood, and all that is wrong. Nothing of it is kept in the store."""

    files: tuple[tuple[str, bytes], ...]
    taken: Taken
    problems: tuple[Problem, ...]


def give(view: View, place: DraftWorkspace, opened: Opened) -> None:
    """The two ways to give, and what came of the last upload."""
    words = view.words
    with st.container(key="figure-give"):
        st.html(f'<h2 class="title">{escape(words.t("desk.give"))}</h2><div class="subtitle">{escape(words.t("desk.give_measure"))}</div>')
        way = one_of(view, "how", WAYS, WAYS[0])
        st.segmented_control(
            words.t("desk.give"),
            WAYS,
            format_func=lambda one: words.t(f"desk.how_{one}"),
            key="control-how",
            required=True,
            on_change=write,
            args=("how", WAYS[0]),
            label_visibility="collapsed",
        )
        if way == "row":
            form(place, opened)
        else:
            _upload(view, place, opened)


def _upload(view: View, place: DraftWorkspace, opened: Opened) -> None:
    words, turn = view.words, st.session_state.setdefault("desk-turn", 0)
    # Streamlit's own words stand in English on every page; the style sheet shows ours in their place.
    st.html(f'<style>.st-key-figure-give {{ --pick: "{words.t("desk.pick")}" }}</style>')
    files = st.file_uploader(
        words.t("desk.upload", limit=FILE // MEGABYTE),
        type=["csv", "tsv", "txt", "xlsx", "zip"],
        accept_multiple_files=True,
        key=f"desk-files-{turn}",
    )
    if files and st.button(words.n("desk.check", len(files)), type="primary", key="desk-check", icon=":material/fact_check:"):
        _check(view, place, opened, tuple((file.name, file.getvalue()) for file in files))
    faults = st.session_state.get(FAULTS)
    if faults is not None:
        _files_said(view, [asdict(file) for file in faults.taken.files])
        _read_as(view, [(one.table, one.row, one.column, read_as(one, words)) for one in faults.taken.read_as], len(faults.taken.read_as))
        problem_list(view, faults.problems, faults.files, faults.taken.files)
        st.button(words.t("desk.faults_close"), key="faults-close", type="tertiary", on_click=_forget)
    elif opened.files:
        _files_said(view, [file for one in opened.files for file in one["files"]])
        cells = [
            (*place, sentence.get(view.selection.lang, sentence[FALLBACK])) for one in opened.files for *place, sentence in one["read_as"]
        ]
        _read_as(view, cells, sum(one["count"] for one in opened.files))


def _forget() -> None:
    st.session_state.pop(FAULTS, None)


def _check(view: View, place: DraftWorkspace, opened: Opened, files: tuple[tuple[str, bytes], ...]) -> None:
    """Read the files; make them a draft, or say what is wrong and change nothing."""
    words = view.words
    bar = st.progress(0.0, words.t("desk.reading"))
    taken = take(files, lambda share: bar.progress(min(share, 1.0) * READ, words.t("desk.reading")))
    bar.progress(READ, words.t("desk.checking"))
    base = opened.base if opened.draft else _base(opened, files)
    tables = {**opened.tables, **as_of_release(taken.tables, base)}
    release, found = candidate(base, tables)
    problems = together(taken.problems, found)
    bar.progress(1.0, words.t("desk.checking"))
    st.session_state.pop(FAULTS, None)
    if problems or release is None:
        st.session_state[FAULTS] = Faults(files, taken, problems)
        st.toast(words.n("desk.problems", len(problems)), icon=":material/error:")
    elif not differences(base, release):
        st.session_state["desk-said"] = words.t("desk.same", number=str(base.number))
    else:
        said = {"files": [asdict(file) for file in taken.files], **_remembered(taken)}
        remember(place.keep(tables, base=base, files=[*opened.files, said], id=opened.id))
        st.session_state["desk-said"] = words.n("desk.kept", len(taken.tables))
    st.session_state["desk-turn"] += 1  # the files are done with: an empty place for the next
    st.rerun()


def _base(opened: Opened, files: Sequence[tuple[str, bytes]]) -> Release:
    """The release from which the files were downloaded, as far as their names tell, else the one in force."""
    number = made_on([name for name, _ in files], opened.newest.number)
    return opened.newest if number == opened.newest.number else current_release(number)


def _remembered(taken: Taken) -> Mapping[str, object]:
    """What was read as something else, in every language, for whoever looks at the draft later."""
    first = taken.read_as[:READ_AS_KEPT]
    said = [[one.table, one.row, one.column, {lang: read_as(one, words(lang)) for lang in LANGUAGES}] for one in first]
    return {"read_as": said, "count": len(taken.read_as)}


def _files_said(view: View, files: Sequence[Mapping]) -> None:
    """What was found out about each file."""
    items = "".join(f"<li>{cell(_label(file))}<span class='when'>{escape(_found(view, file))}</span></li>" for file in files)
    if items:
        st.html(f'<div class="part">{escape(view.words.t("desk.files"))}</div><ul class="list">{items}</ul>')


def _label(file: Mapping) -> str:
    return f"{file['name']} › {file['sheet']}" if file["sheet"] else str(file["name"])


def _found(view: View, file: Mapping) -> str:
    words = view.words
    separator = {",": "desk.comma", ";": "desk.semicolon", "\t": "desk.tab"}.get(file["separator"], "")
    parts = [title(file["table"], words.lang), words.n("count.rows", file["rows"]), file["encoding"]]
    return ", ".join([*filter(None, parts), *([words.t(separator)] if separator else [])])


def _read_as(view: View, cells: Sequence[tuple], count: int) -> None:
    """The cells that were taken for something else than they say, counted and folded away."""
    if not count:
        return
    with st.expander(view.words.n("desk.read_as", count), key="desk-read-as"):
        items = "".join(
            f"<li>{escape(view.words.t('desk.where', table=title(table, view.selection.lang), row=str(row), column=column))}"
            f'<span class="when">{cell(said)}</span></li>'
            for table, row, column, said in cells[:READ_AS_KEPT]
        )
        rest = f'<li class="rest">{escape(view.words.n("desk.more_cells", count - len(cells)))}</li>' if count > len(cells) else ""
        st.html(f'<div class="scroll records" tabindex="0"><ul class="list">{items}{rest}</ul></div>')
