"""The relations whose state waits for a person: by region, kind and years, each with a proposal that goes into the draft as a row."""

from collections.abc import Mapping, Sequence

import streamlit as st

from languages import LANGUAGES
from metrics.counting.coverage import last_covered
from metrics.schema.names import columns, names
from metrics.themes.relation_states import proposals
from pages.parts.data_desk.draft import Opened, save
from pages.parts.shell.fragments import now, part
from pages.parts.shell.selection import View
from publishing.changes.rows import entered, raw, with_row
from publishing.desk.desk import DraftWorkspace
from wording import Words, words

TABLE = "relation_states"
YEARS = (0, 5, 10)
"""The fewest years without a contact that the list can be narrowed to."""


@part
def relations_to_confirm(workspace: DraftWorkspace, opened: Opened) -> None:
    """The list, its filters and the button that takes the chosen proposals into the draft; nothing without proposals."""
    view, release = now(), opened.release or opened.base
    rows = proposals(release, view.selection.as_of)
    if not len(rows):
        return
    spoken = view.words
    with st.expander(spoken.n("review.title", len(rows)), key="desk-relations"):
        rows = _narrowed(view, rows)
        cities = names(release, "city", spoken.lang)
        labels = {row.city_id: _label(spoken, row, cities[row.city_id]) for row in rows.itertuples()}
        hint = spoken.t("desk.choose")
        chosen = st.multiselect(spoken.t("review.which"), list(labels), format_func=labels.get, key="review-cities", placeholder=hint)
        office = st.text_input(spoken.t("review.office"), key="review-office", max_chars=200)
        if st.button(spoken.t("review.take"), key="review-take", type="primary", disabled=not chosen):
            _take(view, workspace, opened, [row for row in rows.to_dict("records") if row["city_id"] in chosen], office.strip())


def _narrowed(view: View, rows):
    """The rows of the chosen region, kind and years without a contact."""
    spoken = view.words
    with st.container(horizontal=True, gap="small", key="review-filters"):
        region = _choice(spoken, "region", spoken.t("review.every_region"), ["", *rows["region"].unique()])
        kind = _choice(spoken, "tie", spoken.t("review.every_kind"), ["", *rows["type"].unique()])
        years = st.selectbox(spoken.t("review.years"), YEARS, format_func=lambda n: spoken.n("review.from_years", n), key="review-years")
    never = rows["years"] < 0
    kept = rows["region"].isin([region] if region else rows["region"]) & rows["type"].isin([kind] if kind else rows["type"])
    return rows[kept & (never | (rows["years"] >= years))]


def _choice(spoken: Words, family: str, every: str, options: Sequence[str]) -> str:
    named = {value: spoken.of(family, value) if value else every for value in options}
    return st.selectbox(spoken.of("column", family), options, format_func=named.get, key=f"review-{family}")


def _label(spoken: Words, row, city: str) -> str:
    last = spoken.edtf(row.contact_date) if row.contact_date else spoken.t("contact.none_short")
    return spoken.t("review.proposal", city=city, last=last, state=spoken.of("follow", row.proposal))


def _take(view: View, workspace: DraftWorkspace, opened: Opened, chosen: Sequence[Mapping], office: str) -> None:
    """Put a row of each proposal into the draft, beside those that are there."""
    rows, release = opened.tables.get(TABLE), opened.release or opened.base
    rows = raw(opened.base, TABLE) if rows is None else rows
    until = last_covered(release, "contacts", view.selection.as_of)
    for row in chosen:
        reasons = {column: _reason(words(_language(column)), row, until) for column in columns(rows, "reason")}
        offices = dict.fromkeys(columns(rows, "decided_by"), office)
        day = view.selection.as_of.isoformat()
        fixed = {"state_id": f"{row['city_id']}-{day}", "city_id": row["city_id"], "state": row["proposal"], "date": day, "role": "primary"}
        cells = dict.fromkeys(rows.columns, "") | fixed | reasons | offices | {"source_id": row["basis"]}
        again = rows.index[rows["state_id"] == cells["state_id"]]
        rows = with_row(rows, entered(TABLE, cells).tables[TABLE], int(again[0]) if len(again) else None)
    save(workspace, opened, {**opened.tables, TABLE: rows})
    st.session_state["desk-said"] = view.words.n("review.taken", len(chosen))
    st.rerun()


def _language(column: str) -> str:
    code = column.rsplit("_", 1)[-1]
    return code if code in LANGUAGES else "en"


def _reason(spoken: Words, row: Mapping, until) -> str:
    last = spoken.edtf(row["contact_date"]) if row["contact_date"] else ""
    return spoken.t("review.reason" if last else "review.reason_none", last=last, until=until)
