"""One row in a form: added to a table or corrected, with a new source beside it where it needs one. It goes into the draft."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from zlib import crc32

import streamlit as st

from metrics.schema.columns import Field, fields
from metrics.schema.names import columns, texts
from metrics.schema.problems import Problem
from metrics.schema.release import Release, cached_by_release
from metrics.schema.tables import TABLES
from pages.parts.data_desk.draft import Opened, remember
from pages.parts.data_desk.problems import grouped
from pages.parts.data_desk.upload import chosen_table
from pages.parts.shell.fragments import now, part
from pages.parts.shell.selection import View
from publishing.changes.review import differences
from publishing.changes.rows import entered, keys, raw, with_row, without_row
from publishing.desk.desk import DraftWorkspace
from publishing.files.downloads import title
from publishing.files.intake import together
from publishing.store.releases import candidate

NEW = "\0new"
"""Stands for a row, or a source, that is not there yet; no key begins like it."""
MOST = 1000
"""Rows that one list offers; a larger table is searched first."""
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
"""Columns whose words have a title in locale/."""


@part
def form(place: DraftWorkspace, opened: Opened) -> None:
    """The choice of a row and its fields. Runs alone while it is filled in."""
    view = now()
    words, table = view.words, chosen_table()
    st.html(f'<div class="subtitle">{escape(words.t("desk.form_of", table=title(table, words.lang)))}</div>')
    rows = _rows(opened, table)
    at = _chosen_row(view, table, rows)
    given = {} if at is None else rows.iloc[at].to_dict()
    known = f"{table}-{crc32(repr((opened.id, given)).encode())}-{st.session_state.setdefault('desk-form-turn', 0)}"
    cells = _fields(view, opened, table, given, known)
    source = _new_source(view, opened, cells, known)
    with st.container(horizontal=True, gap="small", key="doors-form"):
        if st.button(words.t("desk.row_keep"), type="primary", key=f"keep-{known}"):
            _keep(view, place, opened, table, at, cells, source, known)
        if at is not None and st.button(words.t("desk.row_remove"), type="tertiary", key=f"remove-{known}"):
            _save(view, place, opened, {table: without_row(rows, at)}, (), known)
    faults = st.session_state.get("desk-form-faults", ("", ()))
    if faults[0] == known:
        st.html(f'<div class="faults" role="alert">{grouped(view, faults[1])}</div>')


def _rows(opened: Opened, table: str):
    """The rows of a table as the draft has them, else as its base has them."""
    return opened.tables[table] if table in opened.tables else _raw(opened.base, table)


@cached_by_release(8)
def _raw(release: Release, table: str):
    return raw(release, table)


def _chosen_row(view: View, table: str, rows) -> int | None:
    """The place of the row to be corrected; None for a new one."""
    words, every = view.words, keys(table, rows)
    offered = list(range(len(every)))
    if len(offered) > MOST:
        wanted = st.text_input(words.t("desk.row_search"), key=f"row-search-{table}", max_chars=200).casefold()
        offered = [at for at in offered if wanted and wanted in every[at].casefold()][:MOST]
    return st.selectbox(
        words.t("desk.row_which"),
        [None, *offered],
        format_func=lambda at: words.t("desk.row_new") if at is None else every[at],
        key=f"row-{table}-{st.session_state.get('desk-form-turn', 0)}",
    )


def _fields(view: View, opened: Opened, table: str, given: Mapping[str, str], known: str) -> dict[str, str]:
    """A field for each column, filled with what the row holds; what they hold now."""
    with st.grid(3, min_column_width=190, gap="small"):
        return {name: _field(view, opened, field, name, given.get(name, ""), f"cell-{known}-{name}") for name, field in _declared(table)}


def _declared(table: str):
    return fields(TABLES[table]).items()


def _field(view: View, opened: Opened, field: Field, name: str, value: str, key: str) -> str:
    lang = view.selection.lang
    label = field.title.of(lang) + ("" if field.required else f" ({view.words.t('desk.optional')})")
    if field.allowed:
        shown = {word: view.words.of(FAMILIES.get(name, ""), word) for word in field.allowed}
        named = {word: word if said == f"{FAMILIES.get(name, '')}.{word}" else f"{said} ({word})" for word, said in shown.items()}
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
    shown = {"format_func": lambda one: named.get(one, ""), "help": about, "placeholder": hint, "persist_state": "session"}
    return st.selectbox(label, options, index=at, key=key, **shown) or ""


def _named(opened: Opened, refers: str, lang: str) -> dict[str, str]:
    """The rows that a column may name, by key, with what they are called."""
    table, key = refers.split(".")
    rows = _rows(opened, table)
    called = texts(rows, "name", lang) if columns(rows, "name") else rows["title" if "title" in rows else key]
    return {one: f"{name} ({one})" if name != one else one for one, name in zip(rows[key], called, strict=True)}


def _new_source(view: View, opened: Opened, cells: Mapping[str, str], known: str) -> dict[str, str]:
    """The fields of a source that is given with the row; none where the row names one that is there."""
    if NEW not in cells.values():
        return {}
    st.html(f'<h3 class="part">{escape(view.words.t("desk.source_new"))}</h3>')
    return _fields(view, opened, "sources", {}, f"source-{known}")


def _keep(view: View, place: DraftWorkspace, opened: Opened, table: str, at: int | None, cells: dict, source: dict, known: str) -> None:
    """Take the row, and its new source, into the draft."""
    tables: dict[str, object] = {}
    found: list[Problem] = []
    named = {name: source["source_id"].strip() if cell == NEW else cell for name, cell in cells.items()} if source else cells
    for name, row, where in ((table, named, at), ("sources", source, None)):
        if not row:
            continue
        taken, rows = entered(name, row), _rows(opened, name)
        number = (len(rows) if where is None else where) + 2
        found += [replace(problem, row=number) if problem.row else problem for problem in taken.problems]
        if name in taken.tables and len(taken.tables[name]):
            tables[name] = with_row(rows, taken.tables[name], where)
        else:
            found += [Problem(name, number, column, "", "missing_value") for column, field in _declared(name) if field.required]
    _save(view, place, opened, tables, found, known)


def _save(view: View, place: DraftWorkspace, opened: Opened, changed: Mapping, found, known: str) -> None:
    """Keep the changed tables in the draft where nothing is wrong with them, else say what is."""
    tables = {**opened.tables, **changed}
    release, more = candidate(opened.base, tables)
    problems = together(found, more)
    if problems or release is None:
        st.session_state["desk-form-faults"] = (known, problems)
        return
    st.session_state["desk-form-turn"] += 1
    same = not differences(opened.base, release)
    key = {"number": str(opened.base.number)}
    st.session_state["desk-said"] = view.words.t("desk.same", **key) if same else view.words.t("desk.row_kept")
    if not (same and not opened.id):
        remember(place.keep(tables, base=opened.base, files=opened.files, id=opened.id))
    st.rerun()
