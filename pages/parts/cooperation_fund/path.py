"""The fund's balances against the path that its target required, the reader's assumption, and the yearly flows."""

from dataclasses import dataclass
from datetime import date
from html import escape
from math import ceil, floor, log10

from charts import fund as chart
from charts.theme import drawn
from metrics.counting.measuring import in_unit
from metrics.counting.reading import Money, Share, When
from metrics.schema.dates import bounds
from metrics.schema.release import cached_by_release
from metrics.themes.fund import (
    DAYS_A_YEAR,
    Arrival,
    arrival,
    assumed_path,
    currency,
    flows_of_whole_years,
    is_series,
    known_balances,
    legal_term,
    required_on,
    required_path,
    yearly_flows,
)
from pages.parts.cooperation_fund.fund import fund, percent, requirement
from pages.parts.elements.content import Figure, Nothing
from pages.parts.elements.key_figures import fund_title, path_table, with_notes
from pages.parts.shell.selection import View, whole_within

MILLION = 1_000_000
STEPS_AT_LEAST = 100
"""In a smaller gap than so many millions an assumption goes by smaller steps."""
OTHERWISE_YEARS = 10
"""Years in which the default contribution reaches a target without a due date after the last balance."""
DRAWN_YEARS = 15
"""Years after the date or the target's date for which an assumption is drawn; its text names later years too."""
STEPS = (1, 5, 10, 25, 50, 100, 250, 500, 1000)
STARTS = ("published", "today")


@dataclass(frozen=True)
class Assumed:
    """The reader's assumption: a yearly contribution from a day on, added to the last published balance."""

    base: float
    as_of: str
    since: date
    target: float
    yearly: float
    reached: Arrival | None


@cached_by_release()
def path_figure(view: View, assumed: Assumed | None, kinds: tuple[str, ...]) -> Figure:
    """The known balances, the required path, the assumption, and the notes of `kinds`."""
    reading, on, unit = fund(view), view.selection.as_of, currency(view.release)
    balances, needed, target = known_balances(view.release, on), required_path(view.release, on), reading.target
    aim = (target.value, target.due_day) if target and target.due_day else None
    line, term = _line(view, assumed, aim), legal_term(view.release, on)
    named = chart.Assumption(line, view.words.t("chart.assumption", amount=escape(money(view, assumed.yearly)))) if assumed else None
    more = {"assumption": named, "term": bounds(term)[1] if term else None}
    drawing = chart.figure(balances, aim, needed, view.palette, view.words, as_of=on, currency=unit, **more)
    drawing, sources = with_notes(view, drawing, kinds), (*balances["source_id"][::-1], *([target.source_id] if target else []))
    measure, table = view.words.t("fund.path_measure"), lambda: _table(view, balances, needed, line)
    return Figure("fund-path", "fund_balance", _finding(view), measure, drawing, table, sources)


def _line(view: View, assumed: Assumed | None, aim: tuple[float, date] | None):
    """The drawn part of the assumption; no rows where there is none."""
    if assumed is None:
        return assumed_path(0, view.selection.as_of, 0, 0, view.selection.as_of)
    last = max([view.selection.as_of, assumed.since, *([aim[1]] if aim else [])])
    until = date(min(last.year + DRAWN_YEARS, 9999), 12, 31)
    return assumed_path(assumed.base, assumed.since, assumed.target, assumed.yearly, until)


def _table(view: View, balances, needed, line):
    """The table of the chart: a row for each day of any of the three series, to the last digit of the currency."""
    assumed, digits = line.assign(day=line["day"].dt.strftime("%Y-%m-%d")), view.words.decimals(currency(view.release))
    both = path_table(balances, needed).merge(assumed.rename(columns={"value": "assumed"}), on="day", how="outer")
    return both.sort_values("day").round(digits)


def _finding(view: View) -> str:
    """The chart's title: what the target required, and whether the published balances reached it."""
    words, reading, required = view.words, fund(view), requirement(view)
    if reading.value is None or reading.target is None:
        return fund_title(view, reading)
    last = {"balance": in_unit(reading.value, reading.unit), "as_of": When(reading.benchmark.as_of)}
    goal = {"target": in_unit(reading.target.value, reading.target.unit), "due": When(reading.target.due)}
    if required is None or required.growth is None or required.yearly <= 0:
        share = Share(reading.value / reading.target.value) if reading.target.value else None
        return words.t("fund.title" if reading.target.due else "fund.title_undated", share=share, **last, **goal)
    if reading.benchmark.day > required.base_day:
        needed = required_on(required, reading.benchmark.day)
        ahead = "ahead" if reading.value >= needed else "behind"
        return words.t(f"fund.path_{ahead}", needed=in_unit(needed, reading.unit), **last)
    fields = {"growth": percent(required.growth), "yearly": Money(required.yearly, reading.unit), "as_of": last["as_of"]}
    passed = reading.progress.state == "outcome_not_published"
    return words.t("fund.path_silent" if passed else "fund.path_open", **goal, **fields)


def is_open(view: View) -> bool:
    """Whether an assumption is possible: a balance and a higher target are known."""
    reading = fund(view)
    return reading.value is not None and reading.target is not None and reading.value < reading.target.value


def assumption(view: View, yearly: str = "", start: str = "") -> Assumed | None:
    """The assumption of the address's parameters, invalid ones replaced by the nearest; None where `is_open` is false."""
    if not is_open(view):
        return None
    return assume(view, whole_within(yearly, 0, largest(view), straight(view)), start if start in STARTS else STARTS[0])


def largest(view: View) -> int:
    """The largest contribution, in units: the whole gap in one year."""
    return max(1, ceil(_gap(view) / unit(view)))


def unit(view: View) -> int:
    """The step of a contribution, in controls and in addresses: a million, or a power of ten that leaves a hundred steps or more."""
    gap = _gap(view)
    return MILLION if gap >= STEPS_AT_LEAST * MILLION else 10 ** max(0, floor(log10(gap)) - 2)


def _gap(view: View) -> float:
    reading = fund(view)
    return reading.target.value - reading.value


def assume(view: View, yearly: int, start: str) -> Assumed:
    reading = fund(view)
    since, amount = reading.benchmark.day if start == "published" else view.selection.as_of, float(yearly * unit(view))
    reached = arrival(reading.value, since, reading.target.value, amount)
    return Assumed(reading.value, reading.benchmark.as_of, since, reading.target.value, amount, reached)


def straight(view: View) -> int:
    """The contribution, in units, that reaches the target on its date from the last published balance on."""
    reading = fund(view)
    gap, due = _gap(view) / unit(view), reading.target.due_day
    ahead = (due - reading.benchmark.day).days / DAYS_A_YEAR if due and due > reading.benchmark.day else OTHERWISE_YEARS
    return max(1, min(round(gap / ahead), ceil(gap)))


def money(view: View, amount: float) -> str:
    return view.words.money(amount, currency(view.release))


@cached_by_release()
def flows_figure(view: View) -> Figure | Nothing:
    """Income and spending by fiscal year."""
    release, on, words = view.release, view.selection.as_of, view.words
    if not is_series(release, on):
        return Nothing("fund-flows", words.t("slide.cooperation_fund.fund-flows"), words.t("slide.no_series"))
    years, unit = yearly_flows(release, on), currency(release)
    last = years[years["income"].notna()].iloc[-1]
    spent = Money(last["disbursement"], unit) if last["disbursement"] == last["disbursement"] else None
    title = words.t("fund.flows", year=words.fiscal_year(int(last["year"])), income=Money(last["income"], unit), spent=spent)
    measure = words.t("fund.flows_measure", balances=len(known_balances(release, on)), years=len(years))
    drawing, sources = drawn(chart.flows(years, view.palette, words, currency=unit)), tuple(flows_of_whole_years(release, on)["source_id"])
    table = years.assign(year=[words.year(year) for year in years["year"]])
    return Figure("fund-flows", "fund_balance", title, measure, drawing, lambda: table, sources)
