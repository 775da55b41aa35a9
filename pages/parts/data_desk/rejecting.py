"""Single changes of the draft, to take back."""

from functools import partial

import streamlit as st

from pages.parts.data_desk.changes import LONGEST, column_title
from pages.parts.data_desk.draft import Opened, save
from pages.parts.data_desk.form import rows_of
from pages.parts.data_desk.problems import grouped
from pages.parts.shell.fragments import now, part
from pages.parts.shell.selection import View
from publishing.changes.rejecting import CHANGED, Change, single_changes, without
from publishing.changes.review import keys
from publishing.changes.rows import raw
from publishing.desk.desk import DraftWorkspace
from publishing.files.downloads import title
from publishing.files.row_names import row_names
from publishing.store.releases import candidate

MOST = 1000
"""Most changes that are listed; of more, a file is the better place to edit."""


@part
def rejecting(workspace: DraftWorkspace, opened: Opened) -> None:
    """The changes of the draft in a list; those that are chosen go back to what the base has, unless other rows need them."""
    view, changes = now(), single_changes(opened.base, opened.release)[:MOST] if opened.release else ()
    words = view.words
    with st.expander(words.t("desk.reject"), key="desk-reject"):
        labels = _labels(view, opened, changes)
        hint, key = words.t("desk.choose"), f"reject-{opened.id}-{opened.draft.at if opened.draft else ''}"
        chosen = st.multiselect(
            words.t("desk.reject_which"), range(len(changes)), format_func=labels.__getitem__, key=key, placeholder=hint
        )
        if not st.button(words.t("desk.reject_now"), key="reject-now", disabled=not chosen):
            return
        tables = without(opened.base, opened.tables, [changes[at] for at in chosen])
        problems = candidate(opened.base, tables)[1]
        if problems:
            st.html(f'<div class="faults" role="alert">{grouped(words, problems)}</div>')
            return
        save(workspace, opened, tables)
        st.session_state["desk-said"] = words.n("desk.rejected", len(chosen))
        st.rerun()


def _labels(view: View, opened: Opened, changes: tuple[Change, ...]) -> list[str]:
    names = {}
    for table in dict.fromkeys(change.table for change in changes):
        for of in (partial(raw, opened.base), partial(rows_of, opened)):
            names |= {(table, key): name for key, name in zip(keys(table, of(table)), row_names(table, of, view.words), strict=True)}
    return [_label(view, change, names.get((change.table, change.key), "")) for change in changes]


def _label(view: View, change: Change, name: str) -> str:
    words = view.words
    parts = [title(change.table, words.lang), f"{name} ({change.key})" if name and name != change.key else change.key]
    if change.kind == CHANGED:
        empty = words.t("desk.empty_cell")
        sides = f"{change.before or empty} → {change.after or empty}"
        return ", ".join([*parts, f"{column_title(words, change.table, change.column)}: {sides}"])[:LONGEST]
    return ", ".join([*parts, words.t(f"desk.mark_{change.kind}")])[:LONGEST]
