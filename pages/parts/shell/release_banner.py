"""The line that says which release the page shows (pinned, preview), and the watch for a newer release in force.

Must not choose the release: pages/parts/shell/view.py does.
"""

import logging
from html import escape

import streamlit as st

from metrics.counting.measuring import in_unit
from metrics.indicators.method import figure, revisions
from metrics.schema.release import Figure
from pages.parts.shell.address import choose
from pages.parts.shell.components import element
from pages.parts.shell.fragments import error_boundary
from pages.parts.shell.links import link
from pages.parts.shell.selection import View
from pages.parts.shell.view import current_view, end_preview, release_day
from publishing.changes.review import effects
from publishing.store.errors import DashboardError
from publishing.store.release_cache import current_release, current_store, trouble

LOG = logging.getLogger(__name__)
DESK = "data_desk"
"""A form may be half filled in here: a newer release is announced without a rerun, and a preview ends."""
CHANGES_AT_MOST = 2

_WATCH = element("watch")
"""Polls `/releases/newest` every few seconds; the page reruns only when something is new."""


def standing_line(view: View) -> None:
    """The line under the bar for a pinned release or a preview, with the control that leaves it; nothing for the release in force."""
    words = view.words
    if view.standing == "pinned":
        day, on = release_day(view.release), view.selection.as_of
        key = "frame.pinned" if on == day else "frame.pinned_as_of"
        with _line("standing", "pinned", words.t(key, number=str(view.release.number), day=day, as_of=on)):
            st.button(words.t("frame.unpin"), key="unpin", type="tertiary", on_click=choose, kwargs={"release": ""})
        if lines := _revised(view):
            st.html(lines)
    elif view.standing == "preview":
        with _line("standing", "preview", words.t("frame.preview")):
            link(view, DESK, words.t("frame.preview_back"))


def _revised(view: View) -> str:
    """The figures of the release's own day that the current method computes differently, with both values; empty where none is."""
    changed, words = revisions(view.release), view.words
    if not changed:
        return ""
    values = [(revision.reading, revision.published, figure(revision.reading)) for revision in changed]
    items = [_change(view, reading.indicator, *(_figure(view, value, reading.unit) for value in pair)) for reading, *pair in values]
    lines = "".join(f"<li>{escape(item)}</li>" for item in items)
    head = escape(words.n("frame.revised", len(items), day=changed[0].reading.as_of))
    return f'<details class="standing revised"><summary>{head}</summary><ul class="list">{lines}</ul></details>'


def _change(view: View, indicator: str, before: str, after: str) -> str:
    return view.words.t("frame.news_change", title=view.words.of("indicator", indicator), before=before, after=after)


def _figure(view: View, values: Figure, unit: str) -> str:
    """A value with its bounds where they differ."""
    words, (value, lower, upper) = view.words, values
    amount = words.amount(value, unit)
    if lower is None or lower == upper:
        return amount
    if upper is None:
        return words.t("bounds.open", lower=in_unit(lower, unit))
    return f"{amount} ({words.t('bounds.short', lower=in_unit(lower, unit), upper=in_unit(upper, unit))})"


def _line(look: str, key: str, text: str):
    line = st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{look}-{key}")
    line.html(f'<div class="{look}" role="status">{escape(text)}</div>', width="content")
    return line


def leave_preview(page: str) -> bool:
    """End a preview when the reader returns to the desk; whether there was one."""
    return page == DESK and end_preview()


def follow(view: View, page: str) -> None:
    """Watch for a newer release and announce one since the reader's last run. Does nothing on a pinned page or in a preview."""
    if view.standing:
        return
    seen = st.session_state.get("seen", view.release.number)
    st.session_state["seen"] = view.release.number
    news = st.session_state.get("news")
    if seen < view.release.number and page != DESK:  # the desk announces it itself
        st.session_state["news"] = (news[0] if news else seen, page)
    elif news and (news[1] != page or seen > view.release.number):
        del st.session_state["news"]
    _watch(view.release.number, view.release.digest, trouble(), page)


@st.fragment
def _watch(number: int, digest: str, problem: str | None, page: str) -> None:
    """Reruns when the browser reports something new: draws the notice, and reruns the page once no drawer is open."""
    with error_boundary():
        newest, why = current_release(), trouble()
        news = st.session_state.get("news")
        if news or newest.number > number:
            _notice("news", _news(current_view(), news[0] if news else number))
        if page == DESK and why and not problem:
            _notice("trouble", current_view().words.t(why))
        turns = page != DESK and (newest.number, newest.digest, why) != (number, digest, problem)
        known = {"release": newest.number, "digest": newest.digest[:8], "trouble": why, "turns": turns}
        if _WATCH(key="watch", data=known, on_seen_change=lambda: None).seen == "turn" and turns:
            st.rerun()


def _notice(key: str, text: str) -> None:
    with _line("notice", key, text):
        if key == "news" and "news" in st.session_state:
            hint = current_view().words.t("frame.news_close")
            st.button(hint, key="news-close", type="tertiary", icon=":material/close:", on_click=st.session_state.pop, args=("news",))


def _news(now: View, before: int) -> str:
    """The notice of a new release: the first readings whose value changed, else its note."""
    words, number = now.words, str(now.release.number)
    what = ", ".join(_changes(now, before)) or current_store().entry(now.release.number).note
    return words.t("frame.news_what", number=number, what=what) if what else words.t("frame.news", number=number)


def _changes(now: View, number: int) -> list[str]:
    """The first changes of values since a release; none where it cannot be read."""
    try:
        changed = effects(current_release(number), now.release, now.selection.as_of)
    except DashboardError:
        LOG.exception("The changes since release %s cannot be determined", number)
        return []
    first = [change for change in changed if change.value_changed][:CHANGES_AT_MOST]
    return [_change(now, change.indicator, now.words.value(change.before), now.words.value(change.after)) for change in first]
