"""Shows the claims: filters, list, the open claim."""

from html import escape

import streamlit as st

from metrics.verification.claims import VERDICTS, Finding, in_order, ledger
from pages.parts.shell.address import choose
from pages.parts.shell.components import opening_rows
from pages.parts.shell.links import link, shared_parameters
from pages.parts.shell.parameters import choice, free_text, narrow, word_of
from pages.parts.shell.selection import View
from pages.parts.sources.claims import ORDERS, claims_html, matching
from pages.parts.sources.show_drawer import claim_drawer
from pages.parts.sources.words import article


def filters(view: View, findings: tuple[Finding, ...]) -> None:
    """Search, filters and order in one row, and how many claims match."""
    words, every = view.words, ledger(view.release)
    if not every:
        link(view, "data_desk", words.of("page", "data_desk"), data="claims")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="filters"):
        st.text_input(
            words.t("claim.search"),
            key="control-q",
            on_change=narrow,
            args=("q",),
            placeholder=words.t("claim.search"),
            icon=":material/search:",
            label_visibility="collapsed",
            width=260,
        )
        kinds = {"": words.t("claim.all_verdicts")} | {name: words.of("verdict", name) for name in VERDICTS}
        _select(view, "verdict", kinds, 176)
        names = {finding.claim.source_id: article(view, finding.claim.source_id) for finding in every}
        _select(view, "article", {"": words.t("claim.all_articles")} | names, 250)
        st.segmented_control(
            words.t("claim.order"),
            ORDERS,
            format_func=lambda order: words.of("claim_order", order),
            key="control-sort",
            required=True,
            on_change=narrow,
            args=("sort", ORDERS[0]),
            label_visibility="collapsed",
        )
        st.html(f'<span class="subtitle">{escape(words.t("claim.shown", n=len(findings), all=len(every)))}</span>', width="content")


def _select(view: View, name: str, options: dict[str, str], width: int) -> None:
    choice(name, view.words.of("parameter", name), list(options), options.get, width)


def listed(view: View) -> tuple[Finding, ...]:
    """The list of the matching claims; returns them."""
    every = ledger(view.release)
    if not every:
        return ()
    verdict = word_of(view, "verdict", ["", *VERDICTS], "")
    source = word_of(view, "article", ["", *dict.fromkeys(finding.claim.source_id for finding in every)], "")
    findings = matching(view, free_text("q"), verdict, source)
    findings = in_order(findings) if word_of(view, "sort", ORDERS, ORDERS[0]) == ORDERS[0] else findings
    along = tuple(shared_parameters("q", "verdict", "article", "sort").items())
    with st.container(key="figure-claims"):
        if findings:
            opening_rows(claims_html(view, findings, along), "claims-list", _open)
        else:
            st.html(f'<div class="empty">{escape(view.words.t("claim.none"))}</div>')
    return findings


def _open(claim: str) -> None:
    choose(claim=claim)


def opened(view: View) -> None:
    """The drawer of the claim in the address, or a notice where it is unknown."""
    claim_id = st.query_params.get("claim", "")
    if not claim_id:
        return
    finding = next((finding for finding in ledger(view.release) if finding.claim.id == claim_id), None)
    if finding:
        claim_drawer(view, finding, lambda: choose(claim=""))
    else:
        st.info(view.words.t("claim.unknown"), icon=":material/info:")
