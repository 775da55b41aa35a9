"""The page of releases: headline, list with details, comparison of any two. Needs no authorisation."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from metrics.schema.release import Release
from pages.parts.data_desk.changes import cell, counted, effect_figure, summary, tables_figure
from pages.parts.data_desk.draft import moment
from pages.parts.data_desk.restore import restore
from pages.parts.shell.address import choose
from pages.parts.shell.current_user import called, role
from pages.parts.shell.links import link
from pages.parts.shell.parameters import number_within, write
from pages.parts.shell.selection import View
from publishing.access.rights import Role
from publishing.changes.review import differences
from publishing.store.errors import DamagedRelease, StoreUnreachable
from publishing.store.release_cache import current_release, current_store, pin
from publishing.store.releases import UnreadableRelease
from publishing.store.store import Entry

PAGE = 20
"""Releases per step of the list."""


def history(view: View) -> None:
    """The page."""
    try:
        entries = current_store().history()
    except StoreUnreachable as away:
        st.html(f'<h1 class="headline">{escape(view.words.t("history.away"))}</h1>')
        st.html(f'<div class="said closed">{escape(away.sentence(view.words))}</div>')
        return
    st.html(_headline(view, entries))
    _done()
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


def _done() -> None:
    done = st.session_state.pop("history-said", None)
    if done:
        st.html(f'<div class="done" role="status">{escape(done)}</div>')


def _listed(view: View, entries: Sequence[Entry]) -> None:
    words = view.words
    with st.container(key="figure-releases"):
        pages = number_within(view, "rows", 1, max(1, -(-len(entries) // PAGE)), 1)
        st.html(
            f'<h2 class="title">{escape(words.t("history.list"))}</h2><div class="subtitle">{escape(words.t("history.list_measure"))}</div>'
        )
        for entry in entries[: pages * PAGE]:
            _entry(view, entry)
        if len(entries) > pages * PAGE:
            more = min(PAGE, len(entries) - pages * PAGE)
            st.button(words.n("sources.more", more), key="releases-more", type="tertiary", on_click=_more, args=(pages + 1,))


def _more(pages: int) -> None:
    choose(rows=pages)


def _entry(view: View, entry: Entry) -> None:
    """A release: number, note, author, time, changes, and the buttons to open and pin it."""
    words = view.words
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"release-{entry.number}"):
        st.html(_entry_html(view, entry), width="stretch")
        if st.button(words.t("history.open"), key=f"open-{entry.number}", type="tertiary"):
            _drawer(view, entry)
        link(view, "overview", words.t("history.pin"), release=pin(entry))


def _entry_html(view: View, entry: Entry) -> str:
    why = cell(entry.note) if entry.note else escape(_kind(view, entry))
    quiet = [moment(view, entry.at), called(entry.author), _kind(view, entry) if entry.note and entry.kind != "publish" else ""]
    details = " · ".join(part for part in quiet if part)
    return (
        f'<div class="row"><b class="number">{entry.number}</b><div>{why}<span class="when"><bdi>{escape(details)}</bdi></span>'
        f'<span class="when">{escape(_changes(view, entry))}</span></div></div>'
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
            compared(view, *pair)
        if role() == Role.ADMIN and entry.number != current_release().number:
            restore(view, entry)

    st.dialog(view.words.t("history.release", number=str(entry.number)), position="right", width=760)(body)()


def _pair(view: View, before: int, after: int) -> tuple[Release, Release] | None:
    """Two releases; None, with the reason on the page, where either is damaged."""
    try:
        return current_release(before), current_release(after)
    except (DamagedRelease, UnreadableRelease) as damaged:
        st.html(f'<div class="faults" role="alert"><p>{escape(damaged.sentence(view.words))}</p></div>')
        return None


def compared(view: View, before: Release, after: Release) -> None:
    """What the second of two releases changes against the first."""
    words = view.words
    if not differences(before, after):
        st.html(f'<div class="empty">{escape(words.t("history.same", before=str(before.number), after=str(after.number)))}</div>')
        return
    effect_figure(view, before, after, words.t("history.effect"))
    tables_figure(view, before, after, words.t("desk.tables"), f"changes_release-{before.number}-to-{after.number}")


def _compare(view: View, entries: Sequence[Entry]) -> None:
    """Compare two releases, by default the newest and the one before."""
    words, newest = view.words, entries[0].number
    with st.container(key="figure-compare"):
        after = number_within(view, "after", 1, newest, newest)
        before = number_within(view, "before", 1, newest, max(1, newest - 1))
        st.html(f'<h2 class="title">{escape(words.t("history.compare"))}</h2>')
        if len(entries) == 1:
            st.html(f'<div class="empty">{escape(words.t("history.only_one"))}</div>')
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
            changes = summary(view, *pair)
            if changes:
                st.html(f'<div class="said">{escape(changes)}</div>')
            if st.button(words.t("history.compare_open"), key="compare-open", icon=":material/compare_arrows:"):
                _compare_drawer(view, pair)


def _compare_drawer(view: View, pair: tuple[Release, Release]) -> None:
    heading = view.words.t("history.pair", before=str(pair[0].number), after=str(pair[1].number))
    st.dialog(heading, position="right", width=760)(lambda: compared(view, *pair))()
