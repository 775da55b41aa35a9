"""Shows the charts of documented ties with the ties behind each."""

from html import escape

import streamlit as st

from pages.parts.elements.content import Figure
from pages.parts.elements.drawer import WIDTH
from pages.parts.elements.figures import saving, table
from pages.parts.elements.map import certain, when
from pages.parts.elements.source_text import source_line, sources_line
from pages.parts.partner_cities.ties import BEHIND_AT_MOST, countries_figure, sources_html, ties
from pages.parts.shell.components import chart, opening_rows
from pages.parts.shell.selection import View


def tie_figure(view: View, figure: Figure) -> None:
    """A chart of documented ties; its source button opens the ties that it counts."""
    words, rows = view.words, ties(view)
    with st.container(key=f"figure-{figure.key}", height="stretch"):
        st.html(f'<h2 class="title">{escape(figure.title)}</h2><div class="subtitle">{escape(figure.measure)}</div>')
        if not len(rows):
            return
        alt = words.t("figure.alt", title=figure.title, measure=figure.measure)
        chart(figure.drawing, f"chart-{figure.key}", alt, saving(view))
        _buttons(view, figure, rows)


def _buttons(view: View, figure: Figure, rows) -> None:
    """The source line and the buttons that open the ties of a figure and its table."""
    words = view.words
    published = f"{sources_line(view, figure.sources)}. " if figure.sources else ""
    st.html(f'<div class="sourceline">{published}{sources_html(view)}</div>')
    hint = words.n("partners.behind", len(rows))
    if st.button(words.t("drawer.open"), key=f"source-figure-{figure.key}", type="tertiary", icon=":material/fact_check:", help=hint):
        _behind(view, figure, rows)
    if st.button(words.t("figure.table"), key=f"data-{figure.key}", type="tertiary", icon=":material/table_rows:"):
        table(view, figure.key, figure.title, figure.twin())


def _behind(view: View, figure: Figure, rows) -> None:
    """The drawer of a figure: the definition, and each tie with its date and source."""
    words = view.words
    lines = "".join(
        f"<li>{escape(row['name'])}, {escape(words.of('tie', row['type']))}, {escape(when(words, row))} "
        f"({source_line(view, row['source_id'])})</li>"
        for _, row in rows.assign(name=words.names(rows)).sort_values("name").head(BEHIND_AT_MOST).iterrows()
    )
    more = f"<li>{escape(words.t('drawer.more_rows', n=len(rows) - BEHIND_AT_MOST))}</li>" if len(rows) > BEHIND_AT_MOST else ""
    definition = escape(words.of("definition", "partner_cities"))
    body = (
        f"<p>{escape(figure.title)}</p><h3>{escape(words.t('drawer.definition'))}</h3><p>{definition}</p>"
        f"<h3>{escape(words.n('partners.behind', len(rows)))}</h3><ul>{lines}{more}</ul>"
    )
    st.dialog(words.t("drawer.sources"), position="right", width=WIDTH)(lambda: st.html(f'<div class="drawer">{body}</div>'))()


def by_country(view: View) -> None:
    """The countries, the one with the most partners first: a dot for each partner in the colour of its kind, and the names."""
    if not certain(view):
        return
    figure = countries_figure(view)
    with st.container(key="figure-by-country"):
        st.html(f'<h2 class="title">{escape(figure.title)}</h2><div class="subtitle">{escape(figure.measure)}</div>')
        opening_rows(figure.drawing, "countries")
        _buttons(view, figure, ties(view))
