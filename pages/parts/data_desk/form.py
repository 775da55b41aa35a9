"""The form that adds or corrects a row of the draft, with a new source where needed."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from html import escape
from zlib import crc32

import streamlit as st

from metrics.schema.columns import Field
from metrics.schema.names import declared_languages, table_columns
from metrics.schema.problems import Problem
from metrics.schema.release import cached_by_release
from metrics.schema.tables import TABLES
from metrics.schema.vocabulary import family_of
from pages.parts.data_desk.draft import Opened, chosen_table, save
from pages.parts.data_desk.problems import grouped
from pages.parts.shell.address import choose
from pages.parts.shell.fragments import now, part
from pages.parts.shell.selection import View
from publishing.changes.review import differences, keys
from publishing.changes.rows import entered, raw, with_row, without_row
from publishing.desk.desk import DraftWorkspace
from publishing.files.downloads import title
from publishing.files.intake import together
from publishing.files.row_names import row_names
from publishing.store.releases import candidate

EDIT, ADD = "edit", "add"
MOVED = "row-moved"
"""Session key: another table was chosen."""
NEW = "\0new"
"""The option for a new source; no key begins like it."""
MOST = 1000
"""Most rows of a list; a larger table is searched first."""


@part
def form(workspace: DraftWorkspace, opened: Opened) -> None:
    """The choice of a row and its fields, as a fragment."""
    view = now()
    follow_moved_table()
    words, table = view.words, chosen_table()
    rows = rows_of(opened, table)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="row-choice"):
        way, at = _table_and_way(view, table), None
    if way == EDIT and (at := _chosen_row(view, opened, table)) is None:
        return
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
        st.html(f'<div class="faults" role="alert">{grouped(view.words, faults[1])}</div>')


def rows_of(opened: Opened, table: str):
    """The rows of a table in the draft, else in its base."""
    return opened.tables[table] if table in opened.tables else _raw(opened.base, table)


_raw = cached_by_release(8)(raw)


def follow_moved_table() -> None:
    """Run the whole page again where another table was chosen, since the rest of it shows the same table."""
    if st.session_state.pop(MOVED, False):
        st.rerun()


def table_choice(view: View, table: str) -> None:
    """The choice of a table."""
    words = view.words
    st.session_state["row-table"] = table
    named = {name: title(name, words.lang) for name in TABLES}
    st.selectbox(words.t("desk.row_table"), list(TABLES), format_func=named.get, key="row-table", on_change=_move, width=280)


def _table_and_way(view: View, table: str) -> str:
    """The choice of a table, and of EDIT or ADD."""
    words = view.words
    table_choice(view, table)
    ways = {EDIT: words.t("desk.row_edit"), ADD: words.t("desk.row_new")}
    options = {"required": True, "label_visibility": "collapsed", "key": "row-way"}
    return st.segmented_control(words.t("desk.how_row"), list(ways), format_func=ways.get, default=EDIT, **options)


def _move() -> None:
    """Write the chosen table into the address."""
    choose(data=st.session_state["row-table"])
    st.session_state[MOVED] = True


def _chosen_row(view: View, opened: Opened, table: str) -> int | None:
    """The index of the row to correct, chosen by its name; None before one is chosen."""
    words, names = view.words, row_names(table, partial(rows_of, opened), view.words)
    every = [
        f"{name} ({key})" if name != key and name else key for name, key in zip(names, keys(table, rows_of(opened, table)), strict=True)
    ]
    offered = list(range(len(every)))
    if len(offered) > MOST:
        query = st.text_input(words.t("desk.row_search"), key=f"row-search-{table}", max_chars=200).casefold()
        offered = [at for at in offered if query and query in every[at].casefold()][:MOST]
    options = {"index": None, "placeholder": words.t("desk.choose"), "key": f"row-{table}-{st.session_state.get('desk-form-turn', 0)}"}
    return st.selectbox(words.t("desk.row_which"), offered, format_func=every.__getitem__, **options)


def _fields(view: View, opened: Opened, table: str, row: Mapping[str, str], known: str) -> dict[str, str]:
    """Draw a field for each column with the value of the row; the current values."""
    with st.grid(3, min_column_width=190, gap="small"):
        return {
            name: field_input(view, opened, field, family_of(table, name), row.get(name, ""), f"cell-{known}-{name}")
            for name, field in columns_of(opened, table).items()
        }


def columns_of(opened: Opened, table: str) -> Mapping[str, Field]:
    """The columns of a table, its texts in the languages of the city and in those that they have; of a text one has to be there."""
    every = table_columns(table, rows_of(opened, table), declared_languages(opened.base))
    first = {field.family: name for name, field in reversed(every.items())}
    further = {name for name, field in every.items() if field.family and name not in (first[field.family], *TABLES[table].columns)}
    return {name: replace(field, required=field.required and name not in further) for name, field in every.items()}


def field_input(view: View, opened: Opened, field: Field, family: str, value: str, key: str) -> str:
    """Draw the field of a column: a list where it has words (of a `family` of messages) or refers to rows, else a text; its value."""
    lang = view.selection.lang
    label = field.title.of(lang) + ("" if field.required else f" ({view.words.t('desk.optional')})")
    if field.allowed:
        labels = {word: view.words.of(family, word) for word in field.allowed}
        named = {word: word if text == f"{family}.{word}" else f"{text} ({word})" for word, text in labels.items()}
        return choice_input(view, label, field, value, key, named)
    names = labels_of(view, opened, field.refers) if field.refers else {}
    if names and len(names) <= MOST:
        offered = {NEW: view.words.t("desk.source_new")} if field.refers == "sources.source_id" else {}
        return choice_input(view, label, field, value, key, {**offered, **names})
    hint = view.words.t("desk.example", example=field.example)
    return st.text_input(label, value=value, key=key, help=field.description.of(lang), placeholder=hint, persist_state="session")


def choice_input(view: View, label: str, field: Field, value: str, key: str, named: Mapping[str, str]) -> str:
    """Draw a list of named values for a column, with `value` chosen if it is among them; the current value."""
    options = [*([] if field.required else [""]), *named]
    at = options.index(value) if value in options else None
    about, hint = field.description.of(view.selection.lang), view.words.t("desk.choose")
    settings = {"format_func": lambda word: named.get(word, ""), "help": about, "placeholder": hint, "persist_state": "session"}
    return st.selectbox(label, options, index=at, key=key, **settings) or ""


def labels_of(view: View, opened: Opened, refers: str) -> dict[str, str]:
    """The labels of the rows that a column may refer to, by key."""
    table, key = refers.split(".")
    names = row_names(table, partial(rows_of, opened), view.words)
    return {id: f"{name} ({id})" if name != id and name else id for id, name in zip(rows_of(opened, table)[key], names, strict=True)}


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
        intake, rows = entered(name, row), rows_of(opened, name)
        number = (len(rows) if where is None else where) + 2
        problems += [replace(problem, row=number) if problem.row else problem for problem in intake.problems]
        if name in intake.tables and len(intake.tables[name]):
            tables[name] = with_row(rows, intake.tables[name], where)
        else:
            problems += [
                Problem(name, number, column, "", "missing_value") for column, field in columns_of(opened, name).items() if field.required
            ]
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
        save(workspace, opened, tables)
    st.rerun()
