"""The cooperation fund: headline, cards, state of progress, and the records: balances, targets, laws, payments, other funds."""

from dataclasses import dataclass, replace
from datetime import date
from html import escape

from languages import FALLBACK
from metrics.counting.measuring import in_unit
from metrics.counting.reading import Money, Reading, Share, When
from metrics.schema.dates import BEGINNING, END, bounds
from metrics.schema.fiscal_years import begins_on, of_amount, year_of
from metrics.schema.release import cached_by_release
from metrics.schema.vocabulary import MEASURED_FUND
from metrics.themes.fund import Required, currency, legal_term, recorded, required
from pages.parts.elements.content import Headline, Html, Item, Listing
from pages.parts.elements.reading_text import METHOD, OLD_DAYS, card_html, reading_of, state_html
from pages.parts.elements.row_text import age, standing_item, title_html
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import strong

OUTCOMES = {"outcome_not_published": "silent", "target_achieved": "reached", "reached_late": "reached"}
"""The sentence on the target in a state of progress."""
PAID = ("disbursement", "commitment", "income")


def fund(view: View) -> Reading:
    """The reading that the page is about."""
    return reading_of(view, "fund_balance")


def requirement(view: View) -> Required | None:
    """What the target in force required."""
    return required(view.release, view.selection.as_of)


def headline(view: View) -> Headline:
    """The headline: the last published balance, its share of the target, and the state of the target."""
    words, reading, on = view.words, fund(view), view.selection.as_of
    target, known = reading.target, {"as_of": view.selection.as_of}
    if reading.value is None:
        aim = {"target": _strong(view, in_unit(target.value, target.unit))} if target else {}
        key = "fund.said_only_target" if target else "fund.said_none"
        return Headline(words.t(key, **known, **aim))
    known = {"balance": _strong(view, in_unit(reading.value, reading.unit)), "as_of": When(reading.benchmark.as_of)}
    sentences = [words.t("fund.said_balance" if (on - reading.newest).days < 730 else "fund.said_last", **known)]
    if target and target.value:
        fields = {"share": _strong(view, Share(reading.value / target.value)), "due": When(target.due)}
        outcome = OUTCOMES.get(reading.progress.state, "dated" if target.due else "undated")
        sentences.append(words.t(f"fund.said_{outcome}", target=_strong(view, in_unit(target.value, target.unit)), **fields))
    return Headline(" ".join(sentences))


def _strong(view: View, figure: object) -> str:
    return strong(view.words.show(figure))


@dataclass(frozen=True)
class Fact:
    """A card. Its drawer is that of `indicator`, else it lists `sentences` and `sources`."""

    key: str
    name: str
    value: str
    lines: tuple[str, ...]
    indicator: str = ""
    sentences: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    state: str = ""
    old: bool = False


def fund_cards(view: View) -> list[Fact]:
    """The cards of the page: readings, requirements, legal term, payments."""
    return [*_readings(view), *_required(view), *_term(view), *_payments(view)]


def fact_html(fact: Fact) -> str:
    long = " longer" if len(fact.value) > 11 else " long" if len(fact.value) > 7 else ""
    parts = {"name": fact.name, "size": long, "state": fact.state, "old": fact.old}
    return card_html(escape(fact.value), " · ".join(map(escape, fact.lines)), **parts)


def _readings(view: View) -> list[Fact]:
    """The balance and its share of the target, where they are known."""
    words, reading = view.words, fund(view)
    if reading.value is None:
        return []
    old, benchmark = reading.age_days > OLD_DAYS, When(reading.benchmark.as_of)
    name, value = words.of("indicator", "fund_balance"), words.amount(reading.value, reading.unit)
    cards = [Fact("balance", name, value, (words.t("rests.observation", as_of=benchmark),), "fund_balance", old=old)]
    share = reading_of(view, "fund_share_of_target")
    if share.value is not None:
        whole = words.t("rests.share", **{name: share.formula.fields[name] for name in ("part", "whole")})
        name, value, state = words.of("indicator", share.indicator), words.amount(share.value, "share"), reading.progress.state
        cards.append(Fact("share", name, value, (whole,), share.indicator, state=state_html(view, state), old=old))
    return cards


def _required(view: View) -> list[Fact]:
    """The yearly growth and amount that the target required, each with its formula."""
    words, needed, reading = view.words, requirement(view), fund(view)
    if needed is None or needed.yearly <= 0:
        return []
    unit = currency(view.release)
    fields = {
        "base": Money(needed.base, unit),
        "target": Money(needed.target, unit),
        "years": needed.years,
        "due": When(reading.target.due),
    }
    sources = tuple(dict.fromkeys([*reading.sources, reading.target.source_id]))
    growth = words.t("fund.percent", value=percent(needed.growth)) if needed.growth is not None else ""
    cards = []
    for kind, value in (("growth", growth), ("yearly", words.money(needed.yearly, unit))):
        formula = words.t(f"fund.{kind}_formula", **fields)
        sentences = (words.t(f"fund.means_{kind}"), formula)
        cards += [Fact(kind, words.t(f"fund.required_{kind}"), value, (formula,), sentences=sentences, sources=sources)] if value else []
    return cards


def percent(fraction: float) -> float:
    """A fraction as a percentage with one decimal."""
    return round(fraction * 100, 1)


def _term(view: View) -> list[Fact]:
    """The end of the fund's legal term by the latest known law."""
    words, on, term = view.words, view.selection.as_of, legal_term(view.release, view.selection.as_of)
    if not term:
        return []
    rows = view.release.tables["fund"]
    rows = rows[(rows["measure"] == "legal_term") & (rows["fund"] == MEASURED_FUND) & (rows["date"] == term)]
    passed = (on - bounds(term)[1]).days
    line = words.t("fund.term_passed", age=age(view, passed)) if passed > 0 else words.t("fund.term_runs")
    sentences = (words.t("fund.legal_term", term=When(term)), words.t("fund.term_means"))
    return [Fact("term", words.t("fund.term"), words.edtf(term), (line,), sentences=sentences, sources=tuple(rows["source_id"]))]


def _payments(view: View) -> list[Fact]:
    """How many payments are on record; amounts are not summed."""
    rows = _disbursed(view)
    if not len(rows):
        return []
    words, name = view.words, view.words.t("fund.payments_count")
    begins = begins_on(view.release)
    years = sorted({year_of(day, begins) for text in rows["date"] for day in bounds(text) if BEGINNING < day < END})
    span = {"first": words.year(years[0]), "last": words.year(years[-1])} if years else {}
    lines = (words.t("fund.payments_span", **span), words.t("fund.payments_unsummed")) if years else ()
    sources, value = tuple(dict.fromkeys(rows["source_id"])), words.number(len(rows))
    return [Fact("payments", name, value, lines, sentences=(words.t("fund.payments_means"),), sources=sources)]


def state(view: View) -> Html:
    """The state of progress with its inputs; its title is both rates where known, else the meaning of the state."""
    words, reading = view.words, fund(view)
    progress = reading.progress
    title = words.of("state_means", progress.state)
    if progress.ratio is not None:
        title = words.t("fund.verdict", observed=percent(progress.observed), required=percent(progress.required))
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in _inputs(view, reading))
    method = f'<a href="{METHOD}" target="_blank" rel="noopener noreferrer">{escape(words.t("fund.method"))}</a>'
    body = f'{state_html(view, progress.state)}<dl class="inputs">{rows}</dl><div class="sourceline">{method}</div>'
    return Html("fund-state", title_html(title, words.t("fund.state_how")) + body)


def _inputs(view: View, reading: Reading) -> list[tuple[str, str]]:
    words, progress, target, needed = view.words, reading.progress, reading.target, requirement(view)
    rows = [("base", _dated(view, progress.base, progress.base_day)), ("latest", _dated(view, progress.latest, progress.latest_day))]
    if target:
        rows.append(("target", aim(view, in_unit(target.value, target.unit), target.due, target.set_on)))
        if needed and needed.growth is not None:
            rows.append(("required", _a_year(view, needed.growth)))
    rows.append(("observed", _a_year(view, progress.observed) if progress.observed is not None else words.t("fund.needs_two")))
    if progress.ratio is not None:
        rows.append(("ratio", words.number(round(progress.ratio, 2))))
    return [(words.t(f"fund.input_{name}"), value) for name, value in rows]


def aim(view: View, amount: object, due: str, set_on: str) -> str:
    """A target as a phrase: the amount, its due date if any, and when it was announced."""
    fields = {"amount": amount, "due": When(due), "set_on": When(set_on)}
    return view.words.t("fund.target_by" if due else "fund.target_undated", **fields)


def _dated(view: View, amount: float | None, on: date | None) -> str:
    if amount is None:
        return view.words.t("unknown")
    return view.words.t("fund.on_day", amount=in_unit(amount, currency(view.release)), day=on)


def _a_year(view: View, rate: float) -> str:
    return view.words.t("fund.a_year", value=percent(rate))


def _paid_rows(view: View, measures: tuple[str, ...] = PAID):
    """The payments of this fund, newest first, or those of some measures."""
    rows = recorded(view.release, view.selection.as_of)
    return rows[(rows["fund"] == MEASURED_FUND) & rows["measure"].isin(measures)]


def _disbursed(view: View):
    rows = _paid_rows(view, ("disbursement",))
    return rows[rows["role"] == "primary"]


@cached_by_release()
def records(view: View) -> Listing:
    """Balances, targets, and law and term, each row with its date, its standing and its source."""
    words, rows = view.words, recorded(view.release, view.selection.as_of)
    own = rows[rows["fund"] == MEASURED_FUND]
    parts = {
        "balances": (own[own["measure"] == "balance"], _balance),
        "targets": (_targets(view), _target),
        "laws": (own[own["measure"].isin(["law", "legal_term", "existence"])], _law),
    }
    groups = [(words.t(f"fund.{name}"), tuple(item(view, row) for row in rows.to_dict("records"))) for name, (rows, item) in parts.items()]
    return Listing("fund-records", words.t("fund.records"), "", tuple(groups), words.t("newest.none"), look="records")


def _targets(view: View):
    """The targets of the fund announced by the date, the newest first."""
    rows = view.release.tables["targets"]
    rows = rows[rows["indicator"] == "fund_balance"]
    known = [bounds(text)[1] <= view.selection.as_of for text in rows["set_on"]]
    return rows.loc[known].sort_values(["set_on", "target_id"], ascending=[False, True])


def _balance(view: View, row: dict) -> Item:
    own = not row["currency"] or row["currency"] == currency(view.release)
    facts = () if own else (view.words.t("fund.other_currency"),)
    return replace(standing_item(view, row, view.words.edtf(row["date"])), lead=_amount(view, row), facts=facts)


def _target(view: View, row: dict) -> Item:
    due = of_amount(row["due"], begins_on(view.release))
    return standing_item(view, row, aim(view, view.words.show(in_unit(row["value"], row["unit"])), due, row["set_on"]))


def _law(view: View, row: dict) -> Item:
    words = view.words
    return replace(
        standing_item(view, row, words.of("fund_measure", row["measure"])), lead=words.edtf(row["date"]), quoted=_published(view, row)
    )


def _published(view: View, row: dict) -> str:
    """The source's own wording; none for a legal term, whose wording is its date, nor beside an amount that another language says."""
    said = row["measure"] == "legal_term" or (view.selection.lang != FALLBACK and row["value"] == row["value"])
    return "" if said else row["value_as_published"]


def _amount(view: View, row) -> str:
    """The amount of a row in its own currency, or a text where there is none."""
    return view.words.in_full(row["value"], row["currency"]) if row["value"] == row["value"] else view.words.t("fund.no_amount")


@cached_by_release()
def payments(view: View) -> Listing:
    """The payments of this fund, newest first; amounts are not summed."""
    words, many = view.words, len(_disbursed(view))
    title = words.n("fund.payments", many) if many else words.t("fund.payments_none")
    return _paid(view, "payments", title, _paid_rows(view))


@cached_by_release()
def others(view: View) -> Listing:
    """Rows of other and of unnamed funds, newest first."""
    rows = recorded(view.release, view.selection.as_of)
    return _paid(view, "others", view.words.t("fund.others"), rows[rows["fund"] != MEASURED_FUND])


def _paid(view: View, name: str, title: str, rows) -> Listing:
    words = view.words
    heads = {"text": "when", "facts": "what", "lead": "amount", "marks": "role"}
    columns = {part: words.t(f"slide.{head}") for part, head in heads.items()}
    measure, items = words.t(f"fund.{name}_how"), tuple(_payment(view, row) for row in rows.to_dict("records"))
    return Listing(f"fund-{name}", title, measure, (("", items),), words.t("newest.none"), columns, "records sums")


def _payment(view: View, row: dict) -> Item:
    """One payment, commitment or contribution: when, how much, as published, what for, and its source; another fund is named."""
    words, item = view.words, standing_item(view, row, view.words.edtf(row["date"]))
    other = (words.of("fund_kind", row["fund"]),) if row["fund"] != MEASURED_FUND else ()
    return replace(item, lead=_amount(view, row), facts=(*other, words.of("fund_measure", row["measure"])), quoted=_published(view, row))
