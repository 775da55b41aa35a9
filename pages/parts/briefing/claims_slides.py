"""The ledger of claims as slides: how many hold with those that do not, and one claim with its arithmetic. Must not draw anything."""

from functools import lru_cache

from exports.slides import Slide, Table, Text
from metrics.verification.claims import TELLING, Finding, counted, in_order, ledger
from pages.parts.elements.slide_pieces import plain, sources
from pages.parts.shell.selection import View
from pages.parts.sources.claims import headline
from pages.parts.sources.drawer import cited
from pages.parts.sources.words import article, formula, recomputed, said, title, verdict


@lru_cache(maxsize=64)
def ledger_slide(view: View) -> Slide:
    """How many claims have each verdict, and the claims with what was said, what the data give and the verdict."""
    words, found = view.words, ledger(view.release)
    many = tuple((words.of("verdict", name), words.number(n), words.of("verdict_means", name)) for name, n in counted(found).items())
    rows = tuple(_row(view, one) for one in in_order(found))
    heads = tuple(words.t(f"claim.head_{name}") for name in ("said", "published", "recomputed", "verdict"))
    whole = Table(words.t("claim.verdicts"), (words.t("claim.head_verdict"), words.t("claim.number"), words.t("claim.means")), many)
    told = tuple(f"{words.of('verdict', name)}: {words.of('verdict_means', name)}" for name in TELLING)
    articles = tuple(dict.fromkeys(one.claim.source_id for one in found))
    return Slide(
        "claims", plain(headline(view).html), (Table(words.t("page.claims"), heads, rows), whole), "", told, sources(view, articles)
    )


def _row(view: View, one: Finding) -> tuple[str, ...]:
    quiet = f"{title(view, one.claim)} ({one.claim.id}, {article(view, one.claim.source_id)})"
    return quiet, said(view, one.claim), recomputed(view, one), view.words.of("verdict", one.verdict)


@lru_cache(maxsize=128)
def claim_slide(view: View, claim: str = "") -> Slide:
    """One claim beside what the data give, with the arithmetic; without a known id the first that differs."""
    found = in_order(ledger(view.release))
    if not found:
        return ledger_slide(view)
    one = next((one for one in found if one.claim.id == claim), found[0])
    words = view.words
    heads = tuple(words.t(f"claim.head_{name}") for name in ("published", "recomputed", "verdict"))
    row = (said(view, one.claim), recomputed(view, one), words.of("verdict", one.verdict))
    lines = tuple(formula(view, result) for result in (one.result, *one.others) if result)
    kind = f"{words.of('claim_kind', one.claim.kind)}: {words.of('claim_kind_means', one.claim.kind)}"
    text = Text((verdict(view, one), *lines, kind), words.t("drawer.formula"))
    headline = words.t("claim.slide", claim=title(view, one.claim), verdict=words.of("verdict", one.verdict))
    return Slide("claim", headline, (Table(words.t("page.claims"), heads, (row,)), text), "", lines, sources(view, cited(one)))
