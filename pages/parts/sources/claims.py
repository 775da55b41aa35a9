"""The parts of the page of claims: the sentence, how many there are of each verdict, the filters, the list, the open claim.

What a claim says in words is in pages/parts/sources/words.py, what its drawer holds in pages/parts/sources/drawer.py.
"""

from functools import lru_cache
from html import escape
from urllib.parse import urlencode

import streamlit as st

from charts.marks import mark
from metrics.verification.claims import VERDICTS, Finding, counted, in_order, ledger
from pages.parts.shell.address import choose
from pages.parts.shell.components import opening_rows
from pages.parts.shell.navigation import kept, link
from pages.parts.shell.parameters import choice, free_text, narrow, one_of
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import picture_address
from pages.parts.sources.drawer import claim_drawer
from pages.parts.sources.words import article, recomputed, said, title, verdict_mark

ORDERS = ("telling", "number")


@lru_cache(maxsize=16)
def headline(view: View) -> str:
    """The page's sentence as HTML: of how many figures how many hold, how many do not, and how many cannot be checked."""
    words, found = view.words, counted(ledger(view.release))
    whole = sum(found.values())
    if not whole:
        return f'<h1 class="headline">{escape(words.t("claim.headline_none"))}</h1><div class="empty">{escape(words.t("claim.fill"))}</div>'
    fields = {
        "claims": f"<b>{escape(words.n('claim.figures', whole))}</b>",
        "hold": f"<b>{words.number(found['matches'] + found['consistent'])}</b>",
        "differ": f"<b>{words.number(found['differs'] + found['definition'])}</b>",
        "unchecked": f"<b>{words.number(found['unchecked'])}</b>",
    }
    return f'<h1 class="headline">{words.t("claim.headline", **fields)}</h1>'


@lru_cache(maxsize=16)
def verdicts(view: View) -> str:
    """How many claims have each verdict, as one line of parts as wide as they are many, each with its mark, word and number."""
    words, found = view.words, counted(ledger(view.release))
    if not sum(found.values()):
        return ""
    parts = "".join(f'<i class="{verdict}" style="flex:{many}"></i>' for verdict, many in found.items() if many)
    key = "".join(
        f'<li class="{verdict}">{verdict_mark(view, verdict)}<b>{words.number(many)}</b> {escape(words.of("verdict", verdict))}'
        f'<span class="when">{escape(words.of("verdict_means", verdict))}</span></li>'
        for verdict, many in found.items()
    )
    return f'<div class="verdicts" aria-hidden="true">{parts}</div><ul class="verdict-key">{key}</ul>'


def filters(view: View, found: tuple[Finding, ...]) -> None:
    """The controls of the page in one row: search, verdict, article; and how many claims they leave."""
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
        names = {one.claim.source_id: article(view, one.claim.source_id) for one in every}
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
        st.html(f'<span class="subtitle">{escape(words.t("claim.shown", n=len(found), all=len(every)))}</span>', width="content")


def _select(view: View, name: str, options: dict[str, str], width: int) -> None:
    choice(name, view.words.of("parameter", name), list(options), options.get, width)


def listed(view: View) -> tuple[Finding, ...]:
    """The claims that search and filters leave, as a list whose rows open; returns them."""
    every = ledger(view.release)
    if not every:
        return ()
    verdict = one_of(view, "verdict", ["", *VERDICTS], "")
    source = one_of(view, "article", ["", *dict.fromkeys(one.claim.source_id for one in every)], "")
    found = _found(view, free_text("q"), verdict, source)
    found = in_order(found) if one_of(view, "sort", ORDERS, ORDERS[0]) == ORDERS[0] else found
    along = tuple(kept("q", "verdict", "article", "sort").items())
    with st.container(key="figure-claims"):
        if found:
            opening_rows(_list(view, found, along), "claims-list", _open)
        else:
            st.html(f'<div class="empty">{escape(view.words.t("claim.none"))}</div>')
    return found


@lru_cache(maxsize=64)
def _found(view: View, asked: str, verdict: str, source: str) -> tuple[Finding, ...]:
    words = asked.casefold().split()
    texts = _searched(view)
    return tuple(
        one
        for one in ledger(view.release)
        if verdict in ("", one.verdict) and source in ("", one.claim.source_id) and all(word in texts[one.claim.id] for word in words)
    )


@lru_cache(maxsize=8)
def _searched(view: View) -> dict[str, str]:
    """What a search looks at, of each claim: its id, what was said in both languages, its figure, measure and article."""
    rows = view.release.tables["claims"].set_index("claim_id")
    return {
        one.claim.id: " ".join(
            (
                one.claim.id,
                *rows.loc[one.claim.id, ["said_en", "said_ko", "measure"]],
                said(view, one.claim),
                article(view, one.claim.source_id),
            )
        ).casefold()
        for one in ledger(view.release)
    }


@lru_cache(maxsize=16)
def _list(view: View, found: tuple[Finding, ...], along: tuple[tuple[str, str], ...]) -> str:
    """The claims as HTML: what was said, the published figure, the recomputed one, the verdict."""
    words = view.words
    heads = "".join(f"<span>{escape(words.t(f'claim.head_{name}'))}</span>" for name in ("said", "published", "recomputed", "verdict"))
    items = "".join(_row(view, one, along) for one in found)
    marks = ";".join(f"--{name}:url({picture_address(mark(name, view.palette))})" for name in VERDICTS)
    return f'<div class="claims" style="{marks}"><div class="heads" aria-hidden="true">{heads}</div><ul class="list">{items}</ul></div>'


def _row(view: View, one: Finding, along: tuple[tuple[str, str], ...]) -> str:
    words, claim = view.words, one.claim
    address = "?" + urlencode([*along, ("claim", claim.id)])
    quiet = " · ".join(escape(part) for part in (claim.id, words.of("claim_kind", claim.kind), article(view, claim.source_id)))
    word = escape(words.of("verdict", one.verdict))
    return (
        f'<li class="{one.verdict}"><div><a href="{escape(address)}" data-row="{escape(claim.id)}">{escape(title(view, claim))}</a>'
        f'<span class="when">{quiet}</span></div><div class="figure">{escape(said(view, claim))}</div>'
        f'<div class="figure again">{escape(recomputed(view, one))}</div><div class="verdict"><i class="mark"></i>{word}</div></li>'
    )


def _open(claim: str) -> None:
    choose(claim=claim)


def opened(view: View) -> None:
    """The drawer of the claim that the address names, or a calm sentence where there is none of that name."""
    wanted = st.query_params.get("claim", "")
    if not wanted:
        return
    one = next((one for one in ledger(view.release) if one.claim.id == wanted), None)
    if one:
        claim_drawer(view, one, lambda: choose(claim=""))
    else:
        st.info(view.words.t("claim.unknown"), icon=":material/info:")
