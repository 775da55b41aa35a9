"""Shows the claims: filters, list, the drawer of the open claim."""

from html import escape

import streamlit as st

from metrics.verification.claims import VERDICTS, Finding, in_order, ledger
from pages.parts.elements.row_text import empty_html, fold_html
from pages.parts.elements.show import drawer
from pages.parts.shell.address import choose
from pages.parts.shell.components import opening_rows
from pages.parts.shell.links import link, shared_parameters
from pages.parts.shell.parameters import choice, free_text, order_control, search_field, word_of
from pages.parts.shell.selection import View
from pages.parts.sources.claims import ORDERS, article, claim_html, claims_html, matching

ON_A_PHONE = 20
"""Claims that a phone shows at first; stylesheet.css has the same number."""


def filters(view: View, findings: tuple[Finding, ...]) -> None:
    """Search, filters and order in one row, and how many claims match."""
    words, every = view.words, ledger(view.release)
    if not every:
        link(view, "data_desk", words.of("page", "data_desk"), data="claims")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="filters"):
        search_field(words.t("claim.search"), 260, icon=":material/search:")
        verdicts = {"": words.t("claim.all_verdicts")} | {name: words.of("verdict", name) for name in VERDICTS}
        articles = {"": words.t("claim.all_articles")} | {claim.claim.source_id: article(view, claim.claim.source_id) for claim in every}
        for name, options, width in (("verdict", verdicts, 176), ("article", articles, 250)):
            choice(name, words.of("parameter", name), list(options), options.get, width)
        order_control(words.t("claim.order"), ORDERS, lambda order: words.of("claim_order", order))
        st.html(f'<span class="subtitle">{escape(words.t("claim.shown", n=len(findings), all=len(every)))}</span>', width="content")


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
            opening_rows(claims_html(view, findings, along), "claims-list", lambda claim: choose(claim=claim))
            if len(findings) > ON_A_PHONE:
                st.html(fold_html(view, "rest"))
        else:
            st.html(empty_html(view.words.t("claim.none")))
    return findings


def opened(view: View) -> None:
    """The drawer of the claim in the address, or a notice where it is unknown."""
    claim_id = st.query_params.get("claim", "")
    if not claim_id:
        return
    finding = next((finding for finding in ledger(view.release) if finding.claim.id == claim_id), None)
    if finding:
        name = view.words.t("claim.drawer", claim=finding.claim.id)
        drawer(name, f'<div class="drawer claim">{claim_html(view, finding)}</div>', on_dismiss=lambda: choose(claim=""))
    else:
        st.info(view.words.t("claim.unknown"), icon=":material/info:")
