"""The form that adds or corrects a row of the draft, with a new source where needed."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from zlib import crc32

import streamlit as st

from metrics.schema.columns import Field, fields
from metrics.schema.names import columns, texts
from metrics.schema.problems import Problem
from metrics.schema.release import cached_by_release
from metrics.schema.tables import TABLES
from pages.parts.data_desk.draft import Opened, chosen_table, remember
from pages.parts.data_desk.problems import grouped
from pages.parts.shell import blocks
from pages.parts.shell.fragments import now, part
from pages.parts.shell.selection import View
from publishing.changes.review import differences, keys
from publishing.changes.rows import entered, raw, with_row, without_row
from publishing.desk.desk import DraftWorkspace
from publishing.files.downloads import title
from publishing.files.intake import together
from publishing.store.releases import candidate

NEW = "\0new"
"""The option for a new source; no key begins like it."""
MOST = 1000
"""Most rows of a list; a larger table is searched first."""
FAMILIES = {
    "role": "role",
    "type": "tie",
    "sector": "sector",
    "status": "status",
    "membership": "membership",
    "event": "happened",
    "region": "region",
    "fund": "fund_kind",
}
"""Prefixes of the messages that translate the words of a column."""


@part
def form(workspace: DraftWorkspace, opened: Opened) -> None:
    """The choice of a row and its fields, as a fragment."""
    view = now()
    words, table = view.words, chosen_table()
    blocks.sentence(words.t("desk.form_of", table=title(table, words.lang)), "subtitle")
    rows = _rows(opened, table)
    at = _chosen_row(view, table, rows)
    row = {} if at is None else rows.iloc[at].to_dict()
    known = f"{table}-{crc32(repr((opened.id, row)).encode())}-{st.session_state.setdefault('desk-form-turn', 0)}"
    cells = _fields(view, opened, table, row, known)
    source = _new_source(view, opened, cells, known)
    with st.container(horizontal=True, gap="small", key="doors-form"):
        if st.button(words.t("desk.row_keep"), type="primary", key=f"keep-{known}"):
            _keep(view, workspace, opened, table, at, cells, source, known)
        if at is not None and st.button(words.t("desk.row_remove"), type="tertiary", key=f"remove-{known}"):
            _save(view, workspace, opened, {table: without_row(rows, at)}, (), known)
    faults = st.session_state.get("desk-form-faults", ("", ()))
    if faults[0] == known:
        st.html(f'<div class="faults" role="alert">{grouped(view, faults[1])}</div>')


def _rows(opened: Opened, table: str):
    """The rows of a table in the draft, else in its base."""
    return opened.tables[table] if table in opened.tables else _raw(opened.base, table)


_raw = cached_by_release(8)(raw)


def _chosen_row(view: View, table: str, rows) -> int | None:
    """The index of the row to correct; None for a new row."""
    words, every = view.words, keys(table, rows)
    offered = list(range(len(every)))
    if len(offered) > MOST:
        query = st.text_input(words.t("desk.row_search"), key=f"row-search-{table}", max_chars=200).casefold()
        offered = [at for at in offered if query and query in every[at].casefold()][:MOST]
    return st.selectbox(
        words.t("desk.row_which"),
        [None, *offered],
        format_func=lambda at: words.t("desk.row_new") if at is None else every[at],
        key=f"row-{table}-{st.session_state.get('desk-form-turn', 0)}",
    )


def _fields(view: View, opened: Opened, table: str, row: Mapping[str, str], known: str) -> dict[str, str]:
    """Draw a field for each column with the value of the row; the current values."""
    with st.grid(3, min_column_width=190, gap="small"):
        return {name: _field(view, opened, field, name, row.get(name, ""), f"cell-{known}-{name}") for name, field in _declared(table)}


def _declared(table: str):
    return fields(TABLES[table]).items()


def _field(view: View, opened: Opened, field: Field, name: str, value: str, key: str) -> str:
    lang = view.selection.lang
    label = field.title.of(lang) + ("" if field.required else f" ({view.words.t('desk.optional')})")
    if field.allowed:
        labels = {word: view.words.of(FAMILIES.get(name, ""), word) for word in field.allowed}
        named = {word: word if text == f"{FAMILIES.get(name, '')}.{word}" else f"{text} ({word})" for word, text in labels.items()}
        return _choice(view, label, field, value, key, named)
    names = _named(opened, field.refers, lang) if field.refers else {}
    if names and len(names) <= MOST:
        offered = {NEW: view.words.t("desk.source_new")} if field.refers == "sources.source_id" else {}
        return _choice(view, label, field, value, key, {**offered, **names})
    hint = view.words.t("desk.example", example=field.example)
    return st.text_input(label, value=value, key=key, help=field.description.of(lang), placeholder=hint, persist_state="session")


def _choice(view: View, label: str, field: Field, value: str, key: str, named: Mapping[str, str]) -> str:
    options = [*([] if field.required else [""]), *named]
    at = options.index(value) if value in options else None
    about, hint = field.description.of(view.selection.lang), view.words.t("desk.choose")
    settings = {"format_func": lambda word: named.get(word, ""), "help": about, "placeholder": hint, "persist_state": "session"}
    return st.selectbox(label, options, index=at, key=key, **settings) or ""


def _named(opened: Opened, refers: str, lang: str) -> dict[str, str]:
    """The labels of the rows that a column may refer to, by key."""
    table, key = refers.split(".")
    rows = _rows(opened, table)
    called = texts(rows, "name", lang) if columns(rows, "name") else rows["title" if "title" in rows else key]
    return {id: f"{name} ({id})" if name != id else id for id, name in zip(rows[key], called, strict=True)}


def _new_source(view: View, opened: Opened, cells: Mapping[str, str], known: str) -> dict[str, str]:
    """The fields of a new source; none where the row cites an existing one."""
    if NEW not in cells.values():
        return {}
    st.html(f'<h3 class="part">{escape(view.words.t("desk.source_new"))}</h3>')
    return _fields(view, opened, "sources", {}, f"source-{known}")


def _keep(view: View, workspace: DraftWorkspace, opened: Opened, table: str, at: int | None, cells: dict, source: dict, known: str) -> None:
    """Save the row and its new source in the draft."""
    tables: dict[str, object] = {}
    problems: list[Problem] = []
    named = {name: source["source_id"].strip() if cell == NEW else cell for name, cell in cells.items()} if source else cells
    for name, row, where in ((table, named, at), ("sources", source, None)):
        if not row:
            continue
        intake, rows = entered(name, row), _rows(opened, name)
        number = (len(rows) if where is None else where) + 2
        problems += [replace(problem, row=number) if problem.row else problem for problem in intake.problems]
        if name in intake.tables and len(intake.tables[name]):
            tables[name] = with_row(rows, intake.tables[name], where)
        else:
            problems += [Problem(name, number, column, "", "missing_value") for column, field in _declared(name) if field.required]
    _save(view, workspace, opened, tables, problems, known)


def _save(view: View, workspace: DraftWorkspace, opened: Opened, changed: Mapping, row_problems, known: str) -> None:
    """Save the changed tables in the draft, or report their problems."""
    tables = {**opened.tables, **changed}
    release, more = candidate(opened.base, tables)
    problems = together(row_problems, more)
    if problems or release is None:
        st.session_state["desk-form-faults"] = (known, problems)
        return
    st.session_state["desk-form-turn"] += 1
    same = not differences(opened.base, release)
    key = {"number": str(opened.base.number)}
    st.session_state["desk-said"] = view.words.t("desk.same", **key) if same else view.words.t("desk.row_kept")
    if not (same and not opened.id):
        remember(workspace.keep(tables, base=opened.base, files=opened.files, id=opened.id))
    st.rerun()
