"""The data desk page: the user, the open draft with its changes or problems, what the data folder offers, downloads and uploads."""

import logging
from html import escape

import streamlit as st

from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from pages.parts.data_desk.changes import effect_figure, tables_figure
from pages.parts.data_desk.colleague import colleague
from pages.parts.data_desk.draft import Opened, draft_actions, drafts, open_draft, publish, rebase_form, remember
from pages.parts.data_desk.problems import grouped, hints, problem_list
from pages.parts.data_desk.rejecting import rejecting
from pages.parts.data_desk.relations import relations_to_confirm
from pages.parts.data_desk.summary import summary
from pages.parts.data_desk.uploads import uploads
from pages.parts.shell import blocks
from pages.parts.shell.account_menu import sign_in_link
from pages.parts.shell.current_user import author_name, draft_workspace, record_refusal, role, rules
from pages.parts.shell.links import link
from pages.parts.shell.selection import View
from pages.parts.sources.show_sources import one_table
from pages.parts.sources.sources import WORKBOOK
from publishing.access.rights import Role
from publishing.desk.desk import DraftWorkspace
from publishing.desk.offer import Offer, offer
from publishing.files.downloads import as_csv, as_package, as_workbook, file_name, package_name, template, template_name, templates, whole
from publishing.store.errors import DamagedRelease, StoreUnreachable
from publishing.store.release_cache import current_release, data_folder

LOG = logging.getLogger(__name__)
ARCHIVE = "application/zip"
RECIPES = {
    "new": {"form": "new_partner"},
    "upgrade": {"form": "new_partner"},
    "end": {"how": "row", "data": "agreements"},
    "correct": {"how": "row"},
}
"""What may have changed, and the parameters of the form that takes it."""


def at_the_desk(view: View) -> None:
    """The desk, or why access is refused."""
    words = view.words
    try:
        workspace = draft_workspace()
    except StoreUnreachable as away:
        blocks.headline(words.t("desk.closed"), away.sentence(words), sign_in_link(view))
        return
    if workspace is None:
        record_refusal("data_desk")
        blocks.headline(words.t("desk.closed"), words.t(why_closed()), sign_in_link(view))
        return
    workspace.adopt()
    opened = open_draft(view, workspace)
    st.html(_headline(view, opened))
    _who(view, workspace)
    if done := blocks.confirmation("desk-said"):  # also as a toast, since the top may be out of sight
        st.toast(done.replace("$", r"\$"), icon=":material/check_circle:")
    if opened.draft is not None:
        _with_draft(view, workspace, opened)
    else:
        drafts(view, workspace)
        _recipes(view)
        _offer_figure(view, workspace, opened)
        hints(view, opened.newest)
    if _is_theirs(workspace, opened):
        return
    left, right = st.columns([4, 8], gap="medium")
    with left:
        _table_downloads(view, opened)
    with right:
        uploads(view, workspace, opened)
    relations_to_confirm(workspace, opened)


def _recipes(view: View) -> None:
    """What to edit for which purpose: four links to a form, each with a line."""
    with st.container(key="figure-recipes"):
        blocks.title(view.words.t("desk.recipes"))
        with st.grid(4, min_column_width=200, gap="small"):
            for name, place in RECIPES.items():
                with st.container(gap=None):
                    link(view, "data_desk", view.words.of("recipe", name), **place)
                    blocks.sentence(view.words.of("recipe_about", name), "subtitle")


def _who(view: View, workspace: DraftWorkspace) -> None:
    key = "desk.who_signed_in" if workspace.rules.sign_in else "desk.who"
    text = view.words.t(key, name=author_name(workspace.author) or view.words.t("desk.nameless"))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="desk-who"):
        st.html(f'<div class="who">{escape(text)}</div>', width="content")
        link(view, "releases", view.words.t("desk.history"))


def why_closed() -> str:
    """The message key for why the visitor is not authorised."""
    if not rules().sign_in:
        return "rights.closed"
    return "rights.desk_sign_in" if role() == Role.NOBODY else "rights.desk_viewer"


def _headline(view: View, opened: Opened) -> str:
    words = view.words
    changes = summary(view, opened.base, opened.release) if opened.release is not None else ""
    if opened.draft is None or not changes:
        sentence = words.t("desk.ready", number=f"<b>{opened.newest.number}</b>")
    else:
        sentence = words.t("desk.open", changes=escape(changes))
    return f'<h1 class="headline">{sentence}</h1>'


def _with_draft(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    left, right = st.columns([8, 4], gap="medium")
    with left:
        _review(view, opened)
        if opened.release is not None and not _is_theirs(workspace, opened):
            rejecting(workspace, opened)
    with right:
        if _is_theirs(workspace, opened):
            colleague(view, workspace, opened)
        elif opened.release is None:
            draft_actions(view, workspace, opened)
        elif opened.draft.base == opened.newest.number:
            publish(view, workspace, opened)
        else:
            rebase_form(view, workspace, opened)


def _is_theirs(workspace: DraftWorkspace, opened: Opened) -> bool:
    """Whether the open draft is a colleague's."""
    return opened.draft is not None and opened.draft.author != workspace.owner


def _review(view: View, opened: Opened) -> None:
    """The effect and the differences of a draft against its base, or its problems."""
    if opened.release is None:
        with st.container(key="figure-problems"):
            problem_list(view, opened.problems)
        return
    with st.container(key="figure-effect"):
        effect_figure(view, opened.base, opened.release, view.words.t("desk.effect"))
    with st.container(key="figure-changes"):
        tables_figure(view, opened.base, opened.release, view.words.t("desk.tables"), f"changes_on-release-{opened.base.number}")


def _offer_figure(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    """What the data folder would change, to review as a draft or decline; nothing where it has nothing new."""
    words, new = view.words, _offer(workspace, opened.newest)
    if new is None:
        return
    with st.container(key="figure-offer"):
        blocks.title(words.t("desk.offer"))
        if new.release is None:
            with st.expander(words.n("desk.offer_problems", len(new.problems))):
                blocks.records(grouped(view.words, new.problems))
            return
        blocks.sentence(summary(view, opened.newest, new.release))
        with st.container(horizontal=True, gap="small", key="doors-offer"):
            st.button(words.t("desk.offer_review"), key="offer-review", on_click=_review_offer, args=(workspace, opened, new))
            st.button(words.t("desk.offer_decline"), key="offer-decline", type="tertiary", on_click=workspace.decline, args=(new.folder,))


def _offer(workspace: DraftWorkspace, newest: Release) -> Offer | None:
    try:
        first = current_release(1)
    except DamagedRelease:
        LOG.exception("The data folder cannot be compared: release 1 is damaged")
        return None
    return offer(workspace.store, first, newest, data_folder())


def _review_offer(workspace: DraftWorkspace, opened: Opened, new: Offer) -> None:
    remember(workspace.keep(new.tables, base=opened.newest))


def _table_downloads(view: View, opened: Opened) -> None:
    words, lang, release = view.words, view.selection.lang, opened.newest
    with st.container(key="figure-take"):
        blocks.title(words.t("desk.take"), words.t("desk.take_measure", number=str(release.number)))
        table = one_table(view, release, empty=True)
        with st.container(horizontal=True, gap="small", key="doors-take"):
            xlsx, csv = (file_name(table, release, lang, kind) for kind in ("xlsx", "csv"))
            blocks.download("Excel", xlsx, WORKBOOK, lambda: as_workbook(release, table, lang, words), key="take-xlsx")
            blocks.download("CSV", csv, "text/csv", lambda: as_csv(release, table, lang), key="take-csv")
            empty, file = words.t("desk.template"), template_name(table, lang, "xlsx")
            blocks.download(empty, file, WORKBOOK, lambda: template(table, lang, "xlsx", view.release, words), key="take-template")
        _archives(view, opened)


def _archives(view: View, opened: Opened) -> None:
    words, lang, release = view.words, view.selection.lang, opened.newest
    blocks.sentence(words.t("desk.whole", tables=len(TABLES)), "subtitle whole")
    with st.container(horizontal=True, gap="small", key="doors-whole"):
        tables, empty = f"tables_release-{release.number}_{lang}.zip", f"templates_{lang}.zip"
        blocks.download(words.t("desk.all_excel"), tables, ARCHIVE, lambda: whole(release, lang, "xlsx", words), key="take-whole")
        blocks.download(
            words.t("desk.all_templates"), empty, ARCHIVE, lambda: templates(lang, "xlsx", view.release, words), key="take-templates"
        )
        blocks.download(words.t("desk.package"), package_name(release), ARCHIVE, lambda: as_package(release), key="take-package")
