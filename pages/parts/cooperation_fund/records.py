"""The records of the fund: balances, targets and laws; payments, which are not summed; other funds."""

from collections.abc import Iterable
from dataclasses import replace

from metrics.counting.measuring import in_unit
from metrics.schema.dates import bounds
from metrics.schema.release import cached_by_release
from metrics.themes.fund import currency, recorded
from pages.parts.cooperation_fund.fund import aim, paid
from pages.parts.elements.content import Item, Listing
from pages.parts.elements.row_text import standing_item
from pages.parts.shell.selection import View


@cached_by_release()
def records(view: View) -> Listing:
    """Balances, targets, and law and term, each row with its date, its standing and its source."""
    words = view.words
    rows = recorded(view.release, view.selection.as_of)
    own = rows[rows["fund"] == "cooperation_fund"]
    groups = (
        (words.t("fund.balances"), _items(view, own[own["measure"] == "balance"], _balance)),
        (words.t("fund.targets"), _items(view, _targets(view), _target)),
        (words.t("fund.laws"), _items(view, own[own["measure"].isin(["law", "legal_term", "existence"])], _law)),
    )
    return Listing("fund-records", words.t("fund.records"), "", groups, words.t("newest.none"), look="records")


def _items(view: View, rows, item) -> tuple[Item, ...]:
    return tuple(item(view, row) for row in rows.to_dict("records"))


def _targets(view: View):
    """The targets of the fund announced by the date, the newest first."""
    rows = view.release.tables["targets"]
    rows = rows[rows["indicator"] == "fund_balance"]
    known = [bounds(text)[1] <= view.selection.as_of for text in rows["set_on"]]
    return rows.loc[known].sort_values(["set_on", "target_id"], ascending=[False, True])


def _balance(view: View, row: dict) -> Item:
    own = not row["currency"] or row["currency"] == currency(view.release)
    facts = () if own else (view.words.t("fund.other_currency"),)
    return replace(standing_item(view, row, view.words.edtf(row["date"])), lead=amount(view, row), facts=facts)


def _target(view: View, row: dict) -> Item:
    return standing_item(view, row, aim(view, view.words.show(in_unit(row["value"], row["unit"])), row["due"], row["set_on"]))


def _law(view: View, row: dict) -> Item:
    words = view.words
    return replace(standing_item(view, row, words.of("fund_measure", row["measure"])), lead=words.edtf(row["date"]), quoted=_published(row))


def _published(row: dict) -> str:
    """The source's own wording; none for a legal term, whose wording is its date."""
    return "" if row["measure"] == "legal_term" else row["value_as_published"]


def amount(view: View, row) -> str:
    """The amount of a row in its own currency, or a text where there is none."""
    return view.words.in_full(row["value"], row["currency"]) if row["value"] == row["value"] else view.words.t("fund.no_amount")


@cached_by_release()
def payments(view: View) -> Listing:
    """The payments of this fund, newest first; amounts are not summed."""
    words, rows = view.words, paid(view)
    counted = rows[(rows["role"] == "primary") & (rows["measure"] == "disbursement")]
    title = words.n("fund.payments", len(counted)) if len(counted) else words.t("fund.payments_none")
    items = (_payment(view, row, words.of("fund_measure", row["measure"])) for row in rows.to_dict("records"))
    return _paid(view, "payments", title, items)


@cached_by_release()
def others(view: View) -> Listing:
    """Rows of other and of unnamed funds, newest first."""
    words, rows = view.words, recorded(view.release, view.selection.as_of)
    rows = rows[rows["fund"] != "cooperation_fund"].to_dict("records")
    items = (_payment(view, row, words.of("fund_kind", row["fund"]), words.of("fund_measure", row["measure"])) for row in rows)
    return _paid(view, "others", words.t("fund.others"), items)


def _paid(view: View, name: str, title: str, items: Iterable[Item]) -> Listing:
    words = view.words
    heads = {"text": "when", "facts": "what", "lead": "amount", "marks": "role"}
    columns = {part: words.t(f"slide.{head}") for part, head in heads.items()}
    measure, groups = words.t(f"fund.{name}_how"), (("", tuple(items)),)
    return Listing(f"fund-{name}", title, measure, groups, words.t("newest.none"), columns, "records sums")


def _payment(view: View, row: dict, *facts: str) -> Item:
    """One payment, commitment or contribution: when, how much, as published, what for, and its source."""
    item = standing_item(view, row, view.words.edtf(row["date"]))
    return replace(item, lead=amount(view, row), facts=facts, quoted=_published(row))
