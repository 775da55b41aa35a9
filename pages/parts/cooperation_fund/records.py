"""What is on record about the fund, row by row: balances, targets, law; payments, never added up; other funds, apart."""

from collections.abc import Callable, Iterable
from html import escape

import streamlit as st

from metrics.counting.measuring import in_unit
from metrics.schema.dates import bounds
from metrics.themes.fund import currency, recorded
from pages.parts.cooperation_fund.fund import PAID, aim, paid
from pages.parts.elements.drawer import first_items
from pages.parts.elements.row_text import standing
from pages.parts.shell.selection import View

SCALES = {12: "tn", 9: "bn", 6: "m"}
MYRIADS = {12: "조", 8: "억", 4: "만", 0: ""}


def records(view: View) -> None:
    """Balances, targets, and law and term, each row with its date, its standing and its source."""
    words = view.words
    rows = recorded(view.release, view.selection.as_of)
    own = rows[rows["fund"] == "cooperation_fund"]
    sections = [
        ("fund.balances", own[own["measure"] == "balance"].iterrows(), _amount),
        ("fund.targets", _targets(view).iterrows(), _target),
        ("fund.laws", own[own["measure"].isin(["law", "legal_term", "existence"])].iterrows(), _law),
    ]
    told = [_section(view, *section) for section in sections]
    body = f'<div class="halves"><div>{told[0]}{told[1]}</div><div>{told[2]}</div></div>' if any(told) else ""
    with st.container(key="figure-fund-records", height="stretch"):
        st.html(f'<h2 class="title">{escape(words.t("fund.records"))}</h2>{_scrolled(body) if body else _nothing(view)}')


def _scrolled(body: str) -> str:
    return f'<div class="scroll records" tabindex="0">{body}</div>'


def _section(view: View, key: str, rows: Iterable, tell: Callable) -> str:
    items = first_items(view, [f"<li>{tell(view, row)}{standing(view, row)}</li>" for _, row in rows])
    return f'<h3 class="part">{escape(view.words.t(key))}</h3><ul class="list">{items}</ul>' if items else ""


def _nothing(view: View) -> str:
    return f'<div class="empty">{escape(view.words.t("newest.none"))}</div>'


def _targets(view: View):
    """The targets of the fund announced by the date, the newest first."""
    rows = view.release.tables["targets"]
    rows = rows[rows["indicator"] == "fund_balance"]
    known = [bounds(text)[1] <= view.selection.as_of for text in rows["set_on"]]
    return rows.loc[known].sort_values(["set_on", "target_id"], ascending=[False, True])


def _amount(view: View, row) -> str:
    own = not row["currency"] or row["currency"] == currency(view.release)
    apart = "" if own else f" {escape(view.words.t('fund.other_currency'))}"
    return f"<b>{escape(amount(view, row))}</b>, {escape(view.words.edtf(row['date']))}{apart}"


def _target(view: View, row) -> str:
    value = view.words.show(in_unit(row["value"], row["unit"]))
    return escape(aim(view, value, row["due"], row["set_on"])).replace(escape(value), f"<b>{escape(value)}</b>", 1)


def _law(view: View, row) -> str:
    words = view.words
    return f"{escape(words.edtf(row['date']))}: {escape(words.of('fund_measure', row['measure']))}{_published(view, row)}"


def _published(view: View, row) -> str:
    """The source's own expression, in English as the register keeps it; a date alone would only repeat the date."""
    text = row["value_as_published"]
    if not text or row["measure"] == "legal_term":
        return ""
    return f' <span lang="en">({escape(text)})</span>'


def amount(view: View, row) -> str:
    """The amount of a row in its own currency; words where it gives none."""
    return exact(view, row["value"], row["currency"]) if row["value"] == row["value"] else view.words.t("fund.no_amount")


def exact(view: View, value: float, unit: str) -> str:
    """An amount to its last digit, as a list of payments needs it: ₩1.25 bn, 12억 5,000만 원."""
    zero, power = view.words.money(0, unit), next((power for power in SCALES if value >= 10**power), 0)
    if not power or value % 1:
        return view.words.money(value, unit, exact=True)
    if view.selection.lang == "en":
        figure = f"{value / 10**power:,.6f}".rstrip("0").rstrip(".")
        return zero.replace("0", f"{figure}\N{NO-BREAK SPACE}{SCALES[power]}", 1)
    parts = [(int(value) // 10**at % 10_000, unit) for at, unit in MYRIADS.items()]
    return zero.replace("0", " ".join(f"{part:,}{unit}" for part, unit in parts if part), 1)


def payments(view: View) -> None:
    """Money of this fund on the left, other funds on the right, newest first."""
    words = view.words
    mine = paid(view)
    rows = recorded(view.release, view.selection.as_of)
    rest = rows[rows["fund"] != "cooperation_fund"]
    left, right = st.columns([7, 5], gap="medium")
    with left, st.container(key="figure-fund-payments"):
        counted = mine[(mine["role"] == "primary") & (mine["measure"] == "disbursement")]
        title = words.n("fund.payments", len(counted)) if len(counted) else words.t("fund.payments_none")
        _block(view, title, words.t("fund.payments_how"), [_payment(view, row) for _, row in mine.iterrows()])
    with right, st.container(key="figure-fund-others"):
        _block(view, words.t("fund.others"), words.t("fund.others_how"), [_other(view, row) for _, row in rest.iterrows()])


def _block(view: View, title: str, how: str, items: list[str]) -> None:
    body = _scrolled(f'<ul class="list">{first_items(view, items)}</ul>') if items else _nothing(view)
    st.html(f'<h2 class="title">{escape(title)}</h2><div class="subtitle">{escape(how)}</div>{body}')


def _payment(view: View, row) -> str:
    """One payment, commitment or contribution: when, how much, as published, what for, and its source."""
    kind = "" if row["measure"] == PAID[0] else f" {escape(view.words.of('fund_measure', row['measure']))}"
    return _line(view, row, f"{escape(view.words.edtf(row['date']))}{kind}")


def _other(view: View, row) -> str:
    """One row of another fund, or of a payment whose fund nobody named."""
    words = view.words
    what = f"{words.of('fund_kind', row['fund'])}, {words.of('fund_measure', row['measure'])}"
    return _line(view, row, f"{escape(words.edtf(row['date']))} {escape(what)}")


def _line(view: View, row, head: str) -> str:
    used = "" if row["role"] == "primary" else ' class="aside"'
    return f'<li{used}><b class="sum">{escape(amount(view, row))}</b>{head}{_published(view, row)}{standing(view, row)}</li>'
