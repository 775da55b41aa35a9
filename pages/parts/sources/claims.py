"""The page of claims: the headline, the count of each verdict, the search, the list.

Texts of a claim are in pages/parts/sources/words.py, its drawer in pages/parts/sources/drawer.py."""

from html import escape
from urllib.parse import urlencode

from charts.marks import mark
from metrics.schema.names import columns
from metrics.schema.release import cached_by_release
from metrics.verification.claims import VERDICTS, Finding, counted, ledger
from pages.parts.elements.content import Headline, Html
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import picture_address
from pages.parts.sources.words import article, recomputed, said, title, verdict_mark

ORDERS = ("telling", "number")


@cached_by_release(16)
def headline(view: View) -> Headline:
    """The headline: how many figures are right, how many are not, and how many cannot be checked."""
    words, verdict_counts = view.words, counted(ledger(view.release))
    whole = sum(verdict_counts.values())
    if not whole:
        return Headline(escape(words.t("claim.headline_none")))
    fields = {
        "claims": f"<b>{escape(words.n('claim.figures', whole))}</b>",
        "hold": f"<b>{words.number(verdict_counts['matches'] + verdict_counts['consistent'])}</b>",
        "differ": f"<b>{words.number(verdict_counts['differs'] + verdict_counts['definition'])}</b>",
        "unchecked": f"<b>{words.number(verdict_counts['unchecked'])}</b>",
    }
    return Headline(words.t("claim.headline", **fields))


@cached_by_release(16)
def verdicts(view: View) -> Html:
    """The count of each verdict as a stacked bar with its legend."""
    words, verdict_counts = view.words, counted(ledger(view.release))
    if not sum(verdict_counts.values()):
        return Html("", f'<div class="empty">{escape(words.t("claim.fill"))}</div>')
    parts = "".join(f'<i class="{verdict}" style="flex:{many}"></i>' for verdict, many in verdict_counts.items() if many)
    key = "".join(
        f'<li class="{verdict}">{verdict_mark(view, verdict)}<b>{words.number(many)}</b> {escape(words.of("verdict", verdict))}'
        f'<span class="when">{escape(words.of("verdict_means", verdict))}</span></li>'
        for verdict, many in verdict_counts.items()
    )
    return Html("", f'<div class="verdicts" aria-hidden="true">{parts}</div><ul class="verdict-key">{key}</ul>')


@cached_by_release()
def matching(view: View, query: str, verdict: str, source: str) -> tuple[Finding, ...]:
    words = query.casefold().split()
    texts = _searched(view)
    return tuple(
        finding
        for finding in ledger(view.release)
        if verdict in ("", finding.verdict)
        and source in ("", finding.claim.source_id)
        and all(word in texts[finding.claim.id] for word in words)
    )


@cached_by_release(8)
def _searched(view: View) -> dict[str, str]:
    """The searched text of each claim: its id, wording in all languages, figure, measure and article."""
    rows = view.release.tables["claims"].set_index("claim_id")
    return {
        finding.claim.id: " ".join(
            (
                finding.claim.id,
                *rows.loc[finding.claim.id, [*columns(rows, "said"), "measure"]],
                said(view, finding.claim),
                article(view, finding.claim.source_id),
            )
        ).casefold()
        for finding in ledger(view.release)
    }


@cached_by_release(16)
def claims_html(view: View, findings: tuple[Finding, ...], along: tuple[tuple[str, str], ...]) -> str:
    """The claims as HTML: wording, published figure, recomputed figure, verdict."""
    words = view.words
    heads = "".join(f"<span>{escape(words.t(f'claim.head_{name}'))}</span>" for name in ("said", "published", "recomputed", "verdict"))
    items = "".join(_row(view, finding, along) for finding in findings)
    marks = ";".join(f"--{name}:url({picture_address(mark(name, view.palette))})" for name in VERDICTS)
    return f'<div class="claims" style="{marks}"><div class="heads" aria-hidden="true">{heads}</div><ul class="list">{items}</ul></div>'


def _row(view: View, finding: Finding, along: tuple[tuple[str, str], ...]) -> str:
    words, claim = view.words, finding.claim
    address = "?" + urlencode([*along, ("claim", claim.id)])
    quiet = " · ".join(escape(part) for part in (claim.id, words.of("claim_kind", claim.kind), article(view, claim.source_id)))
    word = escape(words.of("verdict", finding.verdict))
    return (
        f'<li class="{finding.verdict}"><div><a href="{escape(address)}" data-row="{escape(claim.id)}">{escape(title(view, claim))}</a>'
        f'<span class="when">{quiet}</span></div><div class="figure">{escape(said(view, claim))}</div>'
        f'<div class="figure again">{escape(recomputed(view, finding))}</div><div class="verdict"><i class="mark"></i>{word}</div></li>'
    )
