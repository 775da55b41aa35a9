"""What a claim and its verdict say in the reader's words: the figure as said, the recomputed one, how far apart they are."""

from functools import lru_cache

from charts.marks import mark
from metrics.counting.measuring import in_unit
from metrics.counting.reading import Formula, Share, When
from metrics.schema.release import Release
from metrics.verification.claims import Finding
from metrics.verification.recomputing import Claim, Result
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import picture


def title(view: View, claim: Claim) -> str:
    """What was said, in our own words."""
    return _said(view.release, view.selection.lang)[claim.id]


@lru_cache(maxsize=16)
def _said(release: Release, lang: str) -> dict[str, str]:
    return release.tables["claims"].set_index("claim_id")[f"said_{lang}"].to_dict()


def article(view: View, source: str) -> str:
    """An article in few words: who published it and when."""
    return _articles(view)[source]


@lru_cache(maxsize=16)
def _articles(view: View) -> dict[str, str]:
    rows = view.release.tables["sources"]
    rows = rows[rows["source_id"].isin(view.release.tables["claims"]["source_id"])]
    when = {row.source_id: view.words.edtf(row.published) if row.published else view.words.t("source.undated") for row in rows.itertuples()}
    return {row.source_id: f"{row.publisher or row.title}, {when[row.source_id]}" for row in rows.itertuples()}


def said(view: View, claim: Claim) -> str:
    """The figure as it was said."""
    if claim.stated:
        return view.words.edtf(claim.stated)
    shown = _number(view, claim, claim.value)
    return shown if claim.sharpness == "exact" else view.words.t(f"claim.{claim.sharpness}", value=shown)


def _number(view: View, claim: Claim, value: float) -> str:
    return view.words.show(Share(value / 100, fine=True) if claim.unit == "percent" else in_unit(value, claim.unit))


def recomputed(view: View, one: Finding) -> str:
    """What the record gives in place of the figure; why it gives nothing where it does not."""
    if one.result is None:
        return view.words.of("claim_reason", one.reason)
    shown = given(view, one.claim, one.result)
    return view.words.t("claim.as_defined", value=shown, definition=definition(view, one.result)) if one.verdict == "definition" else shown


def definition(view: View, result: Result) -> str:
    """What a result is where it is not what the claim says it is: a kind of figure, of agreement, of people."""
    if result.kind:
        return view.words.of("claim_kind", result.kind)
    known = view.words.of("tie", result.unit)
    return known if known != f"tie.{result.unit}" else view.words.of("claim_unit", result.unit).removeprefix("claim_unit.")


def given(view: View, claim: Claim, result: Result) -> str:
    """What a result says: a date, a figure, the least it may be, a figure with the bounds that it may lie in, or the bounds alone."""
    if result.when:
        return view.words.edtf(result.when)
    if result.upper is None:
        return view.words.t("claim.at_least", value=_number(view, claim, result.lower))
    if result.value is None:
        return view.words.t("bounds.short", lower=_number(view, claim, result.lower), upper=_number(view, claim, result.upper))
    shown = _number(view, claim, result.value)
    if result.lower == result.upper:
        return shown
    lower, upper = (_number(view, claim, bound) for bound in (result.lower, result.upper))
    return view.words.t("claim.with_bounds", value=shown, lower=lower, upper=upper)


def verdict(view: View, one: Finding) -> str:
    """The verdict as a sentence, with how far apart the two are or why there is none."""
    words = view.words
    if one.verdict == "unchecked":
        return words.of("claim_reason_means", one.reason)
    if one.verdict != "differs":
        return words.of("verdict_means", one.verdict)
    key = "days" if one.claim.stated else "points" if one.claim.unit == "percent" else "number"
    far = abs(one.off)
    shown = words.number(round(far, 1)) if key != "number" else _number(view, one.claim, far)
    return words.t(f"claim.off_{key}_{'more' if one.off > 0 else 'less'}", by=shown)


def formula(view: View, result: Result) -> str:
    """How a result came about, with its figures filled in."""
    return view.words.formula(Formula(result.formula.kind, result.formula.fields))


def speaks_of(view: View, claim: Claim) -> str:
    """The day or period that a claim speaks of."""
    return view.words.show(When(claim.as_of))


def verdict_mark(view: View, name: str) -> str:
    """The mark of a verdict as HTML."""
    return picture(mark(name, view.palette), "mark")
