"""The parts of the page of claims: the sentence, how many there are of each verdict, the filters, the list, the open claim.

What a claim says in words is in pages/parts/sources/words.py, what its drawer holds in pages/parts/sources/drawer.py."""

from functools import lru_cache
from html import escape
from urllib.parse import urlencode

from charts.marks import mark
from metrics.verification.claims import VERDICTS, Finding, counted, ledger
from pages.parts.elements.content import Headline, Html
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import picture_address
from pages.parts.sources.words import article, recomputed, said, title, verdict_mark

ORDERS = ("telling", "number")


@lru_cache(maxsize=16)
def headline(view: View) -> Headline:
    """The page's sentence: of how many figures how many hold, how many do not, and how many cannot be checked."""
    words, found = view.words, counted(ledger(view.release))
    whole = sum(found.values())
    if not whole:
        return Headline(escape(words.t("claim.headline_none")))
    fields = {
        "claims": f"<b>{escape(words.n('claim.figures', whole))}</b>",
        "hold": f"<b>{words.number(found['matches'] + found['consistent'])}</b>",
        "differ": f"<b>{words.number(found['differs'] + found['definition'])}</b>",
        "unchecked": f"<b>{words.number(found['unchecked'])}</b>",
    }
    return Headline(words.t("claim.headline", **fields))


@lru_cache(maxsize=16)
def verdicts(view: View) -> Html:
    """How many claims have each verdict, as one line of parts as wide as they are many, each with its mark, word and number."""
    words, found = view.words, counted(ledger(view.release))
    if not sum(found.values()):
        return Html("", f'<div class="empty">{escape(words.t("claim.fill"))}</div>')
    parts = "".join(f'<i class="{verdict}" style="flex:{many}"></i>' for verdict, many in found.items() if many)
    key = "".join(
        f'<li class="{verdict}">{verdict_mark(view, verdict)}<b>{words.number(many)}</b> {escape(words.of("verdict", verdict))}'
        f'<span class="when">{escape(words.of("verdict_means", verdict))}</span></li>'
        for verdict, many in found.items()
    )
    return Html("", f'<div class="verdicts" aria-hidden="true">{parts}</div><ul class="verdict-key">{key}</ul>')


@lru_cache(maxsize=64)
def matching(view: View, asked: str, verdict: str, source: str) -> tuple[Finding, ...]:
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
def claims_html(view: View, found: tuple[Finding, ...], along: tuple[tuple[str, str], ...]) -> str:
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
