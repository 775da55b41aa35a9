"""Shows the facts of the fund as cards with their drawers, and the state of progress."""

from html import escape

import streamlit as st

from pages.parts.cooperation_fund.fund import Fact, fact_html, fund, fund_cards, inputs, state_html, verdict
from pages.parts.elements.drawer import METHOD, WIDTH
from pages.parts.elements.show_drawer import open_drawer
from pages.parts.elements.source_text import source_line
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
                hint = view.words.t("drawer.open_of", title=fact.name)
                if st.button(":material/fact_check:", key=f"source-fund-{fact.key}", type="tertiary", help=hint):
                    open_drawer(view, fact.indicator) if fact.indicator else fact_drawer(view, fact)


def fact_drawer(view: View, fact: Fact) -> None:
    """The drawer of a card without an indicator: its meaning, formula and sources."""
    text = "".join(f"<p>{escape(sentence)}</p>" for sentence in fact.sentences)
    lines = "".join(f"<li>{source_line(view, source)}</li>" for source in fact.sources)
    body = f'<div class="drawer"><div class="big">{escape(fact.value)}</div>{text}<h3>{escape(view.words.t("drawer.sources"))}</h3>'
    st.dialog(fact.name, position="right", width=WIDTH)(lambda: st.html(f"{body}<ul>{lines}</ul></div>"))()


def state(view: View) -> None:
    """The state of progress with its inputs."""
    words, reading = view.words, fund(view)
    with st.container(key="figure-fund-state", height="stretch"):
        st.html(f'<h2 class="title">{escape(verdict(view, reading))}</h2><div class="subtitle">{escape(words.t("fund.state_how"))}</div>')
        rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in inputs(view, reading))
        st.html(f'{state_html(view, reading)}<dl class="inputs">{rows}</dl>')
        method = escape(words.t("fund.method"))
        st.html(f'<div class="sourceline"><a href="{METHOD}" target="_blank" rel="noopener noreferrer">{method}</a></div>')
