"""Texts of a claim in the reader's language: its wording, its figures, its verdict."""

from charts.marks import mark
from metrics.counting.measuring import in_unit
from metrics.counting.reading import Formula, Share, When
from metrics.schema.names import texts
from metrics.schema.release import Release, cached_by_release
from metrics.verification.claims import Finding
from metrics.verification.recomputing import Claim, Result
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import picture


def title(view: View, claim: Claim) -> str:
    """The claim in our own words."""
    return _titles(view.release, view.selection.lang)[claim.id]


@cached_by_release(16)
def _titles(release: Release, lang: str) -> dict[str, str]:
    return texts(release.tables["claims"].set_index("claim_id"), "said", lang).to_dict()


def article(view: View, source: str) -> str:
    """The short name of an article: publisher and date."""
    return _articles(view)[source]


@cached_by_release(16)
def _articles(view: View) -> dict[str, str]:
    rows = view.release.tables["sources"]
    rows = rows[rows["source_id"].isin(view.release.tables["claims"]["source_id"])]
    when = {row.source_id: view.words.edtf(row.published) if row.published else view.words.t("source.undated") for row in rows.itertuples()}
    return {row.source_id: f"{row.publisher or row.title}, {when[row.source_id]}" for row in rows.itertuples()}


def said(view: View, claim: Claim) -> str:
    """The figure as published."""
    if claim.stated:
        return view.words.edtf(claim.stated)
    number = _number(view, claim, claim.value)
    return number if claim.sharpness == "exact" else view.words.t(f"claim.{claim.sharpness}", value=number)


def _number(view: View, claim: Claim, value: float) -> str:
    return view.words.show(Share(value / 100, fine=True) if claim.unit == "percent" else in_unit(value, claim.unit))


def recomputed(view: View, finding: Finding) -> str:
    """The recomputed figure, or why there is none."""
    if finding.result is None:
        return view.words.of("claim_reason", finding.reason)
    text = result_text(view, finding.claim, finding.result)
    if finding.verdict != "definition":
        return text
    return view.words.t("claim.as_defined", value=text, definition=definition(view, finding.result))


def definition(view: View, result: Result) -> str:
    """The definition of a result that differs from the claim's: a kind of figure, a tie or a unit."""
    if result.kind:
        return view.words.of("claim_kind", result.kind)
    known = view.words.of("tie", result.unit)
    return known if known != f"tie.{result.unit}" else view.words.of("claim_unit", result.unit).removeprefix("claim_unit.")


def result_text(view: View, claim: Claim, result: Result) -> str:
    """A result as text: a date, a figure with or without bounds, a lower bound, or the bounds alone."""
    if result.when:
        return view.words.edtf(result.when)
    if result.upper is None:
        return view.words.t("claim.at_least", value=_number(view, claim, result.lower))
    if result.value is None:
        return view.words.t("bounds.short", lower=_number(view, claim, result.lower), upper=_number(view, claim, result.upper))
    number = _number(view, claim, result.value)
    if result.lower == result.upper:
        return number
    lower, upper = (_number(view, claim, bound) for bound in (result.lower, result.upper))
    return view.words.t("claim.with_bounds", value=number, lower=lower, upper=upper)


def verdict(view: View, finding: Finding) -> str:
    """The verdict as a sentence, with the difference or why the claim cannot be checked."""
    words = view.words
    if finding.verdict == "unchecked":
        return words.of("claim_reason_means", finding.reason)
    if finding.verdict != "differs":
        return words.of("verdict_means", finding.verdict)
    key = "days" if finding.claim.stated else "points" if finding.claim.unit == "percent" else "number"
    far = abs(finding.off)
    distance = words.number(round(far, 1)) if key != "number" else _number(view, finding.claim, far)
    return words.t(f"claim.off_{key}_{'more' if finding.off > 0 else 'less'}", by=distance)


def formula(view: View, result: Result) -> str:
    """The formula of a result with its figures."""
    return view.words.formula(Formula(result.formula.kind, result.formula.fields))


def speaks_of(view: View, claim: Claim) -> str:
    """The day or period of a claim."""
    return view.words.show(When(claim.as_of))


def verdict_mark(view: View, name: str) -> str:
    """The mark of a verdict as HTML."""
    return picture(mark(name, view.palette), "mark")
