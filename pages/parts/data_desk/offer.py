"""Changes in the data folder that are not in the store: review them as a draft, or decline."""

import logging
from html import escape

import streamlit as st

from metrics.schema.release import Release
from pages.parts.data_desk.changes import summary
from pages.parts.data_desk.draft import Opened, remember
from pages.parts.data_desk.problems import grouped
from pages.parts.shell.selection import View
from publishing.desk.desk import DraftWorkspace
from publishing.desk.offer import Offer, offer
from publishing.store.errors import DamagedRelease
from publishing.store.release_cache import current_release, data_folder

LOG = logging.getLogger(__name__)


def offer_figure(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    """What the folder would change, to review or decline; nothing where it has nothing new."""
    words, new = view.words, _offer(workspace, opened.newest)
    if new is None:
        return
    with st.container(key="figure-offer"):
        st.html(f'<h2 class="title">{escape(words.t("desk.offer"))}</h2>')
        if new.release is None:
            with st.expander(words.n("desk.offer_problems", len(new.problems))):
                st.html(f'<div class="scroll records" tabindex="0">{grouped(view, new.problems)}</div>')
            return
        st.html(f'<div class="said">{escape(summary(view, opened.newest, new.release))}</div>')
        with st.container(horizontal=True, gap="small", key="doors-offer"):
            st.button(words.t("desk.offer_review"), key="offer-review", on_click=_review, args=(workspace, opened, new))
            st.button(words.t("desk.offer_decline"), key="offer-decline", type="tertiary", on_click=workspace.decline, args=(new.folder,))


def _offer(workspace: DraftWorkspace, newest: Release) -> Offer | None:
    try:
        first = current_release(1)
    except DamagedRelease:
        LOG.exception("The data folder cannot be compared: release 1 is damaged")
        return None
    return offer(workspace.store, first, newest, data_folder())


def _review(workspace: DraftWorkspace, opened: Opened, new: Offer) -> None:
    remember(workspace.keep(new.tables, base=opened.newest))
