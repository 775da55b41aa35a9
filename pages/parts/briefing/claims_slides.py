"""The ledger of claims as slides: the counts by verdict with every claim, and a single claim with its arithmetic. Must not draw."""

from exports.slides import Slide, Table, Text
from metrics.schema.release import cached_by_release
from metrics.verification.claims import TELLING, Finding, counted, in_order, ledger
from pages.parts.elements.slide_pieces import plain, sources
from pages.parts.shell.selection import View
from pages.parts.sources.claims import article, cited, formula, headline, published_figure, recomputed, title, verdict


@cached_by_release()
def ledger_slide(view: View) -> Slide:
    """The claims by verdict, then each with the published and the recomputed value."""
    words, findings = view.words, ledger(view.release)
    many = tuple((words.of("verdict", name), words.number(n), words.of("verdict_means", name)) for name, n in counted(findings).items())
    rows = tuple(_row(view, finding) for finding in in_order(findings))
    heads = tuple(words.t(f"claim.head_{name}") for name in ("said", "published", "recomputed", "verdict"))
    whole = Table(words.t("claim.verdicts"), (words.t("claim.head_verdict"), words.t("claim.number"), words.t("claim.means")), many)
    meanings = tuple(f"{words.of('verdict', name)}: {words.of('verdict_means', name)}" for name in TELLING)
    articles = tuple(dict.fromkeys(finding.claim.source_id for finding in findings))
    return Slide(
        "claims", plain(headline(view).html), (Table(words.t("page.claims"), heads, rows), whole), "", meanings, sources(view, articles)
    )


def _row(view: View, finding: Finding) -> tuple[str, ...]:
    quiet = f"{title(view, finding.claim)} ({finding.claim.id}, {article(view, finding.claim.source_id)})"
    return quiet, published_figure(view, finding.claim), recomputed(view, finding), view.words.of("verdict", finding.verdict)


@cached_by_release(128)
def claim_slide(view: View, claim: str = "") -> Slide:
    """A claim and its recomputed value, with the arithmetic; the first in order where the id is unknown."""
    findings = in_order(ledger(view.release))
    if not findings:
        return ledger_slide(view)
    finding = next((finding for finding in findings if finding.claim.id == claim), findings[0])
    words = view.words
    heads = tuple(words.t(f"claim.head_{name}") for name in ("published", "recomputed", "verdict"))
    row = (published_figure(view, finding.claim), recomputed(view, finding), words.of("verdict", finding.verdict))
    lines = tuple(formula(view, result) for result in (finding.result, *finding.others) if result)
    kind = f"{words.of('claim_kind', finding.claim.kind)}: {words.of('claim_kind_means', finding.claim.kind)}"
    text = Text((verdict(view, finding), *lines, kind), words.t("drawer.formula"))
    headline = words.t("claim.slide", claim=title(view, finding.claim), verdict=words.of("verdict", finding.verdict))
    return Slide("claim", headline, (Table(words.t("page.claims"), heads, (row,)), text), "", lines, sources(view, cited(finding)))
