"""A headline reading as a card: the number, its basis, its state and age. Needs no browser."""

from html import escape

from charts.marks import colour, mark
from charts.sparkline import svg
from metrics.counting.measuring import in_unit
from metrics.counting.reading import Reading, When
from metrics.indicators.course import yearly
from metrics.indicators.registry import read, recorded
from metrics.schema.dates import years_before
from metrics.schema.release import cached_by_release
from metrics.themes import asean, events, fund, networks, partnerships, plan, policy_exports
from pages.parts.elements.source_text import age
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import picture

THEMES = {
    "partner_cities": tuple(indicator.id for indicator in (*partnerships.INDICATORS, *asean.INDICATORS)),
    "policy_exports": tuple(indicator.id for indicator in policy_exports.INDICATORS),
    "cooperation_fund": tuple(indicator.id for indicator in fund.INDICATORS),
    "plan": tuple(indicator.id for indicator in plan.INDICATORS),
    "networks": tuple(indicator.id for indicator in (*networks.INDICATORS, *events.INDICATORS)),
}
"""The indicators that have a page of their own."""
SIDES = ("before", "after")
"""The position of the words of a minimum: before the number in English, after it in Korean."""
OLD_DAYS = 3 * 365
"""A reading whose newest observation is older than this is marked as old."""


def telling(view: View, indicators: tuple[str, ...]) -> tuple[str, ...]:
    """The indicators that the city has, without those whose share is vague, since it may have any value."""
    return tuple(id for id in indicators if id in recorded(view.release) and not read(id, view.release, view.selection.as_of).vague)


@cached_by_release(512)
def card(view: View, indicator: str) -> str:
    """The body of a card, as HTML."""
    reading = read(indicator, view.release, view.selection.as_of)
    value = view.words.amount(reading.value, reading.unit) if reading.minimum else view.words.value(reading)
    long = " none" if reading.value is None else " long" if len(value) > 7 else ""
    old = " old" if reading.age_days is not None and reading.age_days > OLD_DAYS else ""
    drawn = _spark(view, reading)
    details = " · ".join(escape(line) for line in lines(view, reading))
    return (
        f'<div class="card{old}"><div class="figure"><span class="value{long}">{_number(view, reading, value)}</span>{drawn}</div>'
        f'{_state(view, reading)}<div class="rests">{details}</div></div>'
    )


def _number(view: View, reading: Reading, value: str) -> str:
    """The number as HTML, with small words beside a minimum."""
    if not (reading.minimum and reading.value):
        return escape(value)
    parts = view.words.t("bounds.open", lower="|").split("|")
    placed = zip(SIDES, parts, strict=True)
    before, after = (f'<small class="{side}">{escape(part.strip())}</small>' if part else "" for side, part in placed)
    return f"{before} {escape(value)}{after}".strip()


def lines(view: View, reading: Reading) -> tuple[str, ...]:
    """The lines under a number: its basis, its bounds, and its age where it is old, else its change."""
    texts = rests_on(view, reading), _bounds(view, reading), _aged(view, reading) or _change(view, reading)
    return tuple(line for line in texts if line)


def _spark(view: View, reading: Reading) -> str:
    """The last years as a sparkline; empty for a single value."""
    line = yearly(view.release, reading.indicator, reading.as_of) if reading.unit != "share" else []
    return picture(svg(line, view.palette), "spark") if sum(value is not None for value in line) > 1 else ""


def rests_on(view: View, reading: Reading) -> str:
    """The basis of a number: the published count and later changes, or what else it is computed from."""
    words, fields = view.words, reading.formula.fields
    match reading.formula.kind:
        case "benchmark" if fields["added"] or fields["ended"]:
            net = fields["added"] - fields["ended"]
            return words.t("rests.benchmark_and_more", benchmark=fields["benchmark"], as_of=fields["as_of"], net=f"{net:+d}")
        case "benchmark":
            return words.t("rests.benchmark", as_of=fields["as_of"])
        case "register" | "named":
            return words.t("rests.register")
        case "uncertain_benchmark":
            return words.t("rests.uncertain", benchmark=fields["benchmark"], as_of=fields["as_of"])
        case "whole_less_part" | "parts_together":
            return words.t(f"rests.{reading.formula.kind}", **fields)
        case "observation":
            return words.t("rests.observation", as_of=fields["as_of"])
        case "share":
            return words.t("rests.share", part=fields["part"], whole=fields["whole"])
    return words.formula(reading.formula)


def _bounds(view: View, reading: Reading) -> str:
    words = view.words
    if reading.unit != "share" or reading.vague or reading.lower is None or reading.lower == reading.upper:
        return ""  # the number shows them
    return words.t("rests.bounds", lower=in_unit(reading.lower, reading.unit), upper=in_unit(reading.upper, reading.unit))


def _aged(view: View, reading: Reading) -> str:
    if reading.age_days is None or reading.age_days <= OLD_DAYS:
        return ""
    return view.words.t("rests.old", age=age(view, reading.age_days))


def _change(view: View, reading: Reading) -> str:
    """The change to a year ago, or since the observation before where there are only published values."""
    previous, words = reading.previous, view.words
    if previous is None or reading.value is None or reading.unit == "share":
        return ""
    if previous.reason and previous.reason.kind == "none_since":
        return words.t("rests.none_since", **previous.reason.fields)
    since = "year" if previous.as_of == years_before(reading.as_of, 1) else "since"
    if previous.change is None and previous.reason.kind == "without_start":
        return words.t("rests.without_start", value=previous.reason.fields["value"])
    recorded = "" if since == "since" or reading.lower == reading.upper else "recorded_"
    if previous.change is None:
        return words.t(f"rests.not_comparable_{since}", as_of=previous.as_of)
    if not previous.change:
        return words.t(f"rests.{recorded}no_change_{since}", as_of=previous.as_of)
    sign = "+" if previous.change > 0 else "\N{MINUS SIGN}"
    return words.t(f"rests.{recorded}change_{since}", change=sign + words.amount(abs(previous.change), reading.unit), as_of=previous.as_of)


def _state(view: View, reading: Reading) -> str:
    """The progress towards the target: mark and word of its state, and the target with its due date."""
    target, progress, words = reading.target, reading.progress, view.words
    if target is None or progress is None:
        return ""
    aim = words.t("rests.target" if target.due else "rests.target_undated", value=in_unit(target.value, target.unit), due=When(target.due))
    drawn, word = picture(mark(progress.state, view.palette), "mark"), escape(words.of("state", progress.state))
    return (
        f'<div class="state" style="color:{colour(progress.state, view.palette)}">{drawn}<span>{word}</span>'
        f'<span class="aim">{escape(aim)}</span></div>'
    )
