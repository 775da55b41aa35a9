"""Shows the page of partner cities: what is documented under its filters, as charts, map through time and list."""

from datetime import date
from html import escape

import streamlit as st

from metrics.themes import partners_by
from pages.parts.elements.content import Figure
from pages.parts.elements.map import certain, when
from pages.parts.elements.reading_text import WIDTH
from pages.parts.elements.row_text import source_line, sources_line
from pages.parts.elements.show import csv_button, saving, show, table
from pages.parts.elements.show_map import filters, world
from pages.parts.partner_cities.partners import (
    COLUMNS,
    act_text,
    first_signed,
    in_columns,
    lines,
    list_title,
    matching_partners,
    title_html,
    without_year,
)
from pages.parts.partner_cities.ties import BEHIND_AT_MOST, by_decade, by_region, by_type, by_year, countries_figure, sources_html, ties
from pages.parts.shell.components import chart, opening_rows
from pages.parts.shell.components import rows as listing
from pages.parts.shell.fragments import now, part
from pages.parts.shell.links import link
from pages.parts.shell.parameters import free_text, number_within, one_of, part_of, search_and_order, write
from pages.parts.shell.selection import View


@part
def documented() -> None:
    """Everything that the filters change; they rerun this fragment alone."""
    view = now()
    above, below = st.container(), st.container()
    with below:
        partner_list()  # sent first, placed last: its table takes longest to render
    with above:
        _documented(view)


def _documented(view: View) -> None:
    words = view.words
    section, note = escape(words.t("partners.documented")), escape(words.t("partners.filters"))
    st.html(f'<h2 class="section">{section}</h2><div class="subtitle">{note}</div>')
    filters(view, certain(view))
    with st.grid(3, min_column_width=320, gap="medium"):
        for part in (by_type, by_region, by_decade):
            tie_figure(view, part(view))
    left, right = st.columns([7, 3], gap="medium")
    with left:
        tie_figure(view, by_year(view))
    with right:
        show(view, without_year(view))
    map_through_time()
    by_country(view)


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


@part
def map_through_time() -> None:
    """The slider and the map; the slider and a click on the map rerun this fragment alone."""
    view = now()
    first, last = first_signed(view.release, view.selection.as_of), view.selection.as_of.year
    with st.container(key="time-map"):
        heading = st.container()
        until = _slider(view, first, last) if first is not None and first < last else view.selection.as_of
        heading.html(title_html(view, until))
        world(view, until)


def _slider(view: View, first: int, last: int) -> date:
    """The date of the slider: the end of its year, or the as-of date in the last year."""
    year = number_within(view, "until", first, last, last)
    st.slider(view.words.t("partners.until"), first, last, key="control-until", format="%d", on_change=write, args=("until", last))
    return view.selection.as_of if year == last else date(year, 12, 31)


@part
def partner_list() -> None:
    """The list and its controls; a search reruns this fragment alone."""
    view = now()
    words = view.words
    with st.container(key="figure-list"):
        query, order = free_text("q"), one_of(view, "sort", partners_by.ORDERS, "name")
        rows = matching_partners(view, query, order)
        title = list_title(view, len(rows), query)
        st.html(f'<h2 class="title">{escape(title)}</h2><div class="subtitle">{escape(words.t("partners.list_measure"))}</div>')
        search_and_order(view, partners_by.ORDERS, lambda order: words.t(f"partners.sort_{order}"), 320)
        if len(rows):
            _rows(view, rows, title, (query, order, part_of(view, len(rows)).start))
            csv_button(view, "partner_cities", lambda: in_columns(view, rows), "partner-list", quiet=True)


def _rows(view: View, rows, title: str, chosen: tuple[str, str, int]) -> None:
    heads = [view.words.of("column", column) for column in COLUMNS]
    picked = listing(heads, lines(view, *chosen), "partner-list", title, view.words.t("drawer.open"))
    if picked and len(row := rows[rows["city_id"] == picked]):
        agreements_drawer(view, row.iloc[0])


def agreements_drawer(view: View, row) -> None:
    """A partner with all its agreements, of all roles, each with date, role, note and source."""
    words = view.words
    acts = partners_by.agreements_of(view.release, row["city_id"])
    items = "".join(
        f"<li>{escape(act_text(view, act))}"
        f'<span class="when">{escape(words.of("role", act["role"]))}. {escape(words.name(act, "note"))} '
        f"{source_line(view, act['source_id'])}</span></li>"
        for _, act in acts.iterrows()
    )
    where = f"{row['country']}, {row['place']}"
    body = (
        f'<div class="drawer"><h2 class="title">{escape(row["name"])}</h2><p>{escape(where)}</p>'
        f"<p>{escape(row['line'])}, {escape(row['since'])}</p>"
        f'<h3>{escape(words.n("partners.agreements", len(acts)))}</h3><ul class="list">{items}</ul></div>'
    )

    def drawer() -> None:
        st.html(body)
        link(view, "city", words.t("city.open"), city=row["city_id"])

    st.dialog(words.of("column", "partner_city"), position="right", width=WIDTH)(drawer)()
