"""The page of releases: headline, list with details, comparison of any two; for administrators also the form to restore one."""

import logging
from collections import Counter
from collections.abc import Sequence
from html import escape

import streamlit as st

from metrics.schema.release import Release
from pages.parts.data_desk.changes import cell, effect_figure, tables_figure
from pages.parts.data_desk.draft import NOTE, moment
from pages.parts.data_desk.problems import hints
from pages.parts.data_desk.summary import counted, summary
from pages.parts.shell import blocks
from pages.parts.shell.account_menu import asks_for_sign_in
from pages.parts.shell.address import choose
from pages.parts.shell.components import last_visit
from pages.parts.shell.current_user import author_name, draft_workspace, record_refusal, role
from pages.parts.shell.links import link
from pages.parts.shell.parameters import day_within, number_within, write
from pages.parts.shell.selection import View
from publishing.access.audit_log import confirmed
from publishing.access.rights import Role
from publishing.changes.marks import Marks
from publishing.changes.review import differences
from publishing.store.errors import DamagedRelease, DashboardError, NotAllowed, StoreUnreachable
from publishing.store.release_cache import current_release, current_store, pin
from publishing.store.releases import UnreadableRelease, time_zone
from publishing.store.since import before, later, marked
from publishing.store.store import Entry

LOG = logging.getLogger(__name__)
PAGE = 20
"""Releases per step of the list."""


def history(view: View) -> None:
    try:
        entries = current_store().history()
    except StoreUnreachable as away:
        blocks.headline(view.words.t("history.away"), away.sentence(view.words))
        return
    st.html(_headline(view, entries))
    blocks.confirmation("history-said")
    _since(view, entries)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        _listed(view, entries)
    with right:
        _compare(view, entries)


def _headline(view: View, entries: Sequence[Entry]) -> str:
    words, newest = view.words, entries[0]
    count = f"<b>{escape(words.n('history.count', len(entries)))}</b>"
    sentence = words.t("history.said", count=count, number=str(newest.number), moment=escape(moment(view, newest.at)))
    return f'<h1 class="headline">{sentence}</h1>'


def _since(view: View, entries: Sequence[Entry]) -> None:
    """What changed since the day in the address: reasons, readings, rows. Without one the choice of a day alone."""
    words, zone = view.words, time_zone(view.release)
    first = entries[-1].at.astimezone(zone).date()
    with st.container(key="figure-since"):
        blocks.title(words.t("history.since"), words.t("history.since_measure"))
        day = day_within(view, "since", first, max(first, view.today))
        with st.container(horizontal=True, vertical_alignment="center"):
            options = {"on_change": write, "args": ("since",), "format": "YYYY-MM-DD", "label_visibility": "collapsed", "width": 160}
            st.date_input(words.t("history.since"), key="control-since", min_value=first, max_value=view.today, **options)
            if last := last_visit(words.t("history.since_visit", day="{day}"), words.lang, "last-visit"):
                choose(since=last)
                st.rerun()
        if day is None:
            return
        then = before(entries, day, zone)
        made = later(entries, then)
        if not made:
            blocks.sentence(words.t("history.since_none", day=day), "empty")
            return
        st.html(f'<ul class="list">{"".join(f"<li>{_entry_html(view, entry)}</li>" for entry in made)}</ul>')
        pair = _pair(view, then.number, entries[0].number)
        if pair:
            _compared(view, *pair, marked(made))


def _listed(view: View, entries: Sequence[Entry]) -> None:
    words, doubts = view.words, confirmed(current_store())
    with st.container(key="figure-releases"):
        pages = number_within(view, "rows", 1, max(1, -(-len(entries) // PAGE)), 1)
        blocks.title(words.t("history.list"), words.t("history.list_measure"))
        for entry in entries[: pages * PAGE]:
            _entry(view, entry, sum(doubts.get(entry.number, {}).values()))
        if len(entries) > pages * PAGE:
            more = min(PAGE, len(entries) - pages * PAGE)
            st.button(words.n("sources.more", more), key="releases-more", type="tertiary", on_click=choose, kwargs={"rows": pages + 1})


def _entry(view: View, entry: Entry, doubts: int) -> None:
    """A release: number, note, author, time, changes, and the buttons to open and pin it."""
    words = view.words
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"release-{entry.number}"):
        st.html(_entry_html(view, entry, doubts), width="stretch")
        if st.button(words.t("history.open"), key=f"open-{entry.number}", type="tertiary"):
            _drawer(view, entry)
        link(view, "overview", words.t("history.pin"), release=pin(entry))


def _entry_html(view: View, entry: Entry, doubts: int = 0) -> str:
    why = cell(entry.note) if entry.note else escape(_kind(view, entry))
    quiet = [moment(view, entry.at), author_name(entry.author), _kind(view, entry) if entry.note and entry.kind != "publish" else ""]
    marks = [view.words.n(f"history.{mark}", count) for mark, count in Counter(entry.marks.values()).items()]
    changes = [_changes(view, entry), *marks, view.words.n("history.doubts", doubts) if doubts else ""]
    details = " · ".join(part for part in quiet if part)
    return (
        f'<div class="row"><b class="number">{entry.number}</b><div>{why}<span class="when"><bdi>{escape(details)}</bdi></span>'
        f'<span class="when">{escape(" · ".join(filter(None, changes)))}</span></div></div>'
    )


def _kind(view: View, entry: Entry) -> str:
    return view.words.t(f"cli.kind.{entry.kind}", number=str(entry.restored))


def _changes(view: View, entry: Entry) -> str:
    """How many rows of each table changed; all in the first release."""
    if entry.kind == "first":
        rows = view.words.n("count.rows", sum(added for added, _, _ in entry.changes.values()))
        return view.words.t("history.first", rows=rows, tables=len(entry.changes))
    return ", ".join(part for table, counts in entry.changes.items() for part in counted(view, table, counts))


def _drawer(view: View, entry: Entry) -> None:
    """A dialog: a release against its parent, and the form to restore it."""

    def body() -> None:
        st.html(f'<div class="drawer"><p>{_entry_html(view, entry)}</p></div>')
        pair = _pair(view, entry.parent, entry.number) if entry.parent else None
        if pair:
            _compared(view, *pair, entry.marks)
        if role() == Role.ADMIN and entry.number != current_release().number:
            _restore_form(view, entry)

    st.dialog(view.words.t("history.release", number=str(entry.number)), position="right", width=760)(body)()


def _pair(view: View, before: int, after: int) -> tuple[Release, Release] | None:
    """Two releases; None, with the reason on the page, where either is damaged."""
    try:
        return current_release(before), current_release(after)
    except (DamagedRelease, UnreadableRelease) as damaged:
        blocks.alert(damaged.sentence(view.words))
        return None


def _compared(view: View, before: Release, after: Release, marks: Marks) -> None:
    """What the second of two releases changes against the first."""
    words = view.words
    if not differences(before, after):
        blocks.sentence(words.t("history.same", before=str(before.number), after=str(after.number)), "empty")
        return
    effect_figure(view, before, after, words.t("history.effect"))
    tables_figure(view, before, after, words.t("desk.tables"), f"changes_release-{before.number}-to-{after.number}", marks)


def _compare(view: View, entries: Sequence[Entry]) -> None:
    """Compare two releases, by default the newest and the one before."""
    words, newest = view.words, entries[0].number
    with st.container(key="figure-compare"):
        after = number_within(view, "after", 1, newest, newest)
        before = number_within(view, "before", 1, newest, max(1, newest - 1))
        blocks.title(words.t("history.compare"))
        if len(entries) == 1:
            blocks.sentence(words.t("history.only_one"), "empty")
            return
        numbers = [entry.number for entry in entries]
        with st.container(horizontal=True, gap="small", key="pair"):
            for name, default in (("before", max(1, newest - 1)), ("after", newest)):
                st.selectbox(
                    words.t(f"history.{name}"),
                    numbers,
                    format_func=lambda number: words.t("history.release", number=str(number)),
                    key=f"control-{name}",
                    on_change=write,
                    args=(name, default),
                )
        pair = _pair(view, before, after)
        if pair:
            if changes := summary(view, *pair):
                blocks.sentence(changes)
            if st.button(words.t("history.compare_open"), key="compare-open", icon=":material/compare_arrows:"):
                heading = words.t("history.pair", before=str(before), after=str(after))
                between = marked(entry for entry in reversed(entries) if before < entry.number <= after)
                st.dialog(heading, position="right", width=760)(lambda: _compared(view, *pair, between))()


def _restore_form(view: View, entry: Entry) -> None:
    """The form that publishes the content of an older release as a new one, with note and confirmation."""
    words, fields = view.words, {"number": str(entry.number)}
    with st.container(key="restore"):
        blocks.title(words.t("history.restore", **fields), words.t("history.restore_measure", **fields))
        if asks_for_sign_in(view):
            return
        hints(view, current_release(entry.number))
        with st.form("restore-form", border=False):
            note = st.text_area(words.t("desk.note"), key=f"restore-note-{entry.number}", max_chars=NOTE, height=90)
            sure = st.checkbox(words.t("history.restore_confirm", **fields), key=f"restore-sure-{entry.number}")
            pressed = st.form_submit_button(words.t("history.restore_now"), type="primary", key="restore-now")
        if pressed:
            blocks.alert(_restore(view, entry, note.strip(), sure))


def _restore(view: View, entry: Entry, note: str, sure: bool) -> str:
    """Restore and rerun; the reason where it was refused. Checks authorisation again."""
    words = view.words
    if not note:
        return words.t("desk.note_missing")
    if not sure:
        return words.t("history.restore_unconfirmed")
    try:
        workspace, newest = draft_workspace(), current_release()
        if workspace is None:
            raise NotAllowed("The data desk is closed to this visitor")
        changes = summary(view, newest, current_release(entry.number))
        made = workspace.restore(entry.number, parent=newest, note=note)
    except DashboardError as refused:
        LOG.exception("A release was not restored")
        record_refusal("releases", refused)
        return refused.sentence(words)
    fields = {"number": str(made.number), "restored": str(entry.number)}
    st.session_state["history-said"] = words.t("history.restored", **fields, changes=changes or words.t("desk.effect_none"))
    st.rerun()
    return ""
