"""Shows the cooperation fund: its facts as cards with their drawers, its path with the reader's assumption, flows, state."""

from html import escape

import streamlit as st

from metrics.counting.reading import When
from metrics.schema.fiscal_years import begins_on, year_of
from pages.parts.cooperation_fund.fund import Fact, fact_html, fund, fund_cards
from pages.parts.cooperation_fund.path import (
    STARTS,
    STEPS,
    Assumed,
    assume,
    is_open,
    largest,
    money,
    path_figure,
    straight,
    unit,
)
from pages.parts.elements.reading_text import bullets, paragraphs, section
from pages.parts.elements.row_text import source_line, title_html
from pages.parts.elements.show import chosen_note_kinds, drawer, open_drawer, show, switch
from pages.parts.shell import blocks
from pages.parts.shell.fragments import part
from pages.parts.shell.parameters import number_within, word_of, write
from pages.parts.shell.selection import View


def facts(view: View) -> None:
    """The cards of the fund in a row."""
    cards = fund_cards(view)
    if not cards:
        return
    with st.grid(len(cards), min_column_width=176, gap="small", key="cards-fund"):
        for fact in cards:
            with st.container(key=f"card-fund-{fact.key}", height="stretch"):
                st.html(fact_html(fact))
                hint = view.words.t("drawer.open_of", title=blocks.plain_label(fact.name))
                if st.button(hint, key=f"source-fund-{fact.key}", type="tertiary", icon=":material/fact_check:", help=hint):
                    open_drawer(view, fact.indicator) if fact.indicator else fact_drawer(view, fact)


def fact_drawer(view: View, fact: Fact) -> None:
    """The drawer of a card without an indicator: its meaning, formula and sources."""
    sources = section(view.words.t("drawer.sources"), bullets(source_line(view, source) for source in fact.sources))
    drawer(fact.name, f'<div class="drawer"><div class="big">{escape(fact.value)}</div>{paragraphs(fact.sentences)}{sources}</div>')


@part
def path(view: View) -> None:
    """The chart and the assumption; a change of the assumption reruns this fragment alone."""
    wide, beside = st.columns([8, 4], gap="medium")
    with beside:
        assumed = _what_if(view)
    with wide:
        kinds = chosen_note_kinds(view)
        show(view, path_figure(view, assumed, kinds), lambda: switch(view, kinds))


def _what_if(view: View) -> Assumed | None:
    """The assumption's controls and its result."""
    words, reading = view.words, fund(view)
    with st.container(key="figure-whatif", height="stretch"):
        st.html(title_html(words.t("fund.whatif")))
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
        words.t("fund.whatif_yearly", unit=money(view, unit(view))),
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
        year = year_of(reached.day, begins_on(view.release)) if reached.day else None
        big = words.n("age.years", round(reached.years)) if year is None else words.fiscal_year(year)
        start = "published" if assumed.since != view.selection.as_of else "today"
        sentence = words.t(f"fund.whatif_{start}", as_of=When(assumed.as_of), since=assumed.since, **fields)
        formula = words.t("fund.whatif_formula", base=money(view, assumed.base), years=round(reached.years, 1), **fields)
    _sentence(sentence)
    quiet = paragraphs([formula, words.t("fund.whatif_caution")])
    st.html(f'<div class="whatif"><div class="big">{escape(big)}</div>{quiet}</div>')


def _sentence(sentence: str) -> None:
    st.html(f'<div class="said">{escape(sentence)}</div>')
