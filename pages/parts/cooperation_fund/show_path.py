"""Shows the fund's path with the controls of the reader's assumption, and the yearly flows."""

from html import escape

import streamlit as st

from metrics.counting.reading import When
from metrics.themes.fund import (
    is_series,
)
from pages.parts.cooperation_fund.fund import fund
from pages.parts.cooperation_fund.path import (
    MILLION,
    STARTS,
    STEPS,
    Assumed,
    assume,
    flows_figure,
    is_open,
    largest,
    money,
    path_figure,
    straight,
)
from pages.parts.elements.show import show
from pages.parts.elements.show_notes import shown_kinds, switch
from pages.parts.shell.fragments import part
from pages.parts.shell.parameters import number_within, word_of, write
from pages.parts.shell.selection import View


@part
def path(view: View) -> None:
    """The chart and the assumption; a change of the assumption reruns this fragment alone."""
    wide, beside = st.columns([8, 4], gap="medium")
    with beside:
        assumed = _what_if(view)
    with wide:
        kinds = shown_kinds(view)
        show(view, path_figure(view, assumed, kinds), lambda: switch(view, kinds))


def _what_if(view: View) -> Assumed | None:
    """The assumption's controls and its result."""
    words, reading = view.words, fund(view)
    with st.container(key="figure-whatif", height="stretch"):
        st.html(f'<h2 class="title">{escape(words.t("fund.whatif"))}</h2>')
        if not is_open(view):
            _sentence(words.t("fund.whatif_unknown" if reading.value is None or reading.target is None else "fund.whatif_reached"))
            return None
        assumed = _chosen(view)
        _outcome(view, assumed)
    return assumed


def _chosen(view: View) -> Assumed:
    """The controls: the yearly contribution and its start."""
    words, reading, on = view.words, fund(view), view.selection.as_of
    default, most = straight(view), largest(view)
    start = word_of(view, "start", STARTS, STARTS[0])
    yearly = number_within(view, "yearly", 0, most, default)
    st.slider(
        words.t("fund.whatif_yearly", unit=money(view, MILLION)),
        min_value=0,
        max_value=most,
        step=next((step for step in STEPS if most <= 300 * step), STEPS[-1]),
        format="localized",
        key="control-yearly",
        on_change=write,
        args=("yearly", default),
    )
    names = {"published": When(reading.benchmark.as_of), "today": on}
    st.segmented_control(
        words.t("fund.whatif_from"),
        STARTS,
        format_func=lambda kind: words.show(names[kind]),
        key="control-start",
        required=True,
        on_change=write,
        args=("start", STARTS[0]),
    )
    return assume(view, yearly, start)


def _outcome(view: View, assumed: Assumed) -> None:
    """The year in which the target is reached, its formula, and the caution."""
    words, reached = view.words, assumed.reached
    fields = {"yearly": money(view, assumed.yearly), "target": money(view, assumed.target)}
    if reached is None:
        big, sentence, formula = words.t("fund.whatif_never"), words.t("fund.whatif_nothing"), ""
    else:
        big = words.edtf(str(reached.day.year)) if reached.day else words.n("age.years", round(reached.years))
        start = "published" if assumed.since != view.selection.as_of else "today"
        sentence = words.t(f"fund.whatif_{start}", as_of=When(assumed.as_of), since=assumed.since, **fields)
        formula = words.t("fund.whatif_formula", base=money(view, assumed.base), years=round(reached.years, 1), **fields)
    _sentence(sentence)
    lines = [formula, words.t("fund.whatif_caution")]
    quiet = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    st.html(f'<div class="whatif"><div class="big">{escape(big)}</div>{quiet}</div>')


def _sentence(sentence: str) -> None:
    st.html(f'<div class="said">{escape(sentence)}</div>')


def flows(view: View) -> None:
    """Income and spending by year, where sources publish a series."""
    if is_series(view.release, view.selection.as_of):
        show(view, flows_figure(view))
