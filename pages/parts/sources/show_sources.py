"""Shows the sources: counts, filters, list, downloads, conflicts, backtest."""

from html import escape

import streamlit as st

from metrics.indicators.backtest import trials
from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from metrics.verification.claims import counted, ledger
from metrics.verification.evidence import cited, contradictions, undated_counts
from pages.parts.elements.reading_text import card_html
from pages.parts.elements.row_text import empty_html, title_html
from pages.parts.elements.show import drawer
from pages.parts.shell.address import choose
from pages.parts.shell.current_user import audited
from pages.parts.shell.links import link
from pages.parts.shell.parameters import choice, free_text, number_within, order_control, search_field, word_of, write
from pages.parts.shell.selection import View
from pages.parts.sources.sources import (
    AT_ONCE,
    DEFAULT,
    ORDERS,
    PAGE,
    WORKBOOK,
    column_html,
    facts_html,
    matching_sources,
    source_html,
    trials_html,
    undated_html,
)
from publishing.files.downloads import about, as_csv, as_package, as_workbook, columns_of, described, file_name, package_name, title


def claims_link(view: View) -> None:
    """The link to the page of claims, with how many of them are not right."""
    verdicts = counted(ledger(view.release))
    if sum(verdicts.values()):
        link(view, "claims", view.words.n("claim.door", verdicts["differs"] + verdicts["definition"], all=sum(verdicts.values())))


def counts(view: View) -> None:
    """Cards with the numbers of sources cited by readings, undated sources and, where there are any, contradictions and undated counts."""
    words, release = view.words, view.release
    sources = release.tables["sources"]
    read = cited(release, view.selection.as_of)
    cards = [
        ("read", len(read)),
        ("undated", int((sources["published"] == "").sum())),
        *((name, len(rows)) for name, rows in (("conflicts", contradictions(release)), ("counts", undated_counts(release))) if len(rows)),
    ]
    with st.grid(len(cards), min_column_width=176, gap="small", key="cards-sources"):
        for name, count in cards:
            with st.container(key=f"card-sources-{name}", height="stretch"):
                st.html(card_html(words.number(count), escape(words.t(f"sources.about_{name}")), words.t(f"sources.card_{name}")))


def listed(view: View, table: str) -> None:
    """The list of the matching sources, each with what rests on it."""
    words = view.words
    with st.container(key="figure-sources"):
        st.html(f'<h2 class="title">{escape(words.t("sources.list"))}</h2>')
        rows = matching_sources(view, table, free_text("q"), word_of(view, "sort", ORDERS, ORDERS[0]))
        pages = number_within(view, "rows", 1, max(1, -(-len(rows) // PAGE)), 1)
        st.html(f'<div class="subtitle">{escape(words.t("sources.shown", n=len(rows), all=len(view.release.tables["sources"])))}</div>')
        if not rows:
            st.html(empty_html(words.t("sources.none")))
            return
        read = cited(view.release, view.selection.as_of)
        items = "".join(source_html(view, row, table, read.get(row.source_id, ())) for row in rows[: pages * PAGE])
        st.html(f'<div class="scroll sources" tabindex="0"><ul class="list">{items}</ul></div>')
        _more_button(view, "sources-more", len(rows) - pages * PAGE, PAGE, rows=pages + 1)


def _more_button(view: View, key: str, others: int, at_once: int, **page: int) -> None:
    """The button that shows more of a list: the next page of the address."""
    if others > 0:
        label = view.words.n("sources.more", min(at_once, others))
        st.button(label, key=key, type="tertiary", on_click=choose, kwargs=page)


def filters(view: View) -> None:
    """Search, table and order in one row."""
    words = view.words
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        search_field(words.t("sources.search"), 320, icon=":material/search:")
        every = words.t("sources.all_tables")
        offered = ["", *_filled(view.release, st.query_params.get("table", ""))]
        choice("table", words.t("sources.table"), offered, lambda name: title(name, view.selection.lang) if name else every, 260)
        order_control(words.t("sources.order"), ORDERS, lambda order: words.of("sources_order", order))


def _filled(release: Release, chosen: str) -> list[str]:
    """The tables with rows, and the one that the address names; an empty table is named at the data desk only."""
    return [name for name in TABLES if len(release.tables[name]) or name == chosen]


def one_table(view: View, release: Release, empty: bool = False) -> str:
    """The select box of a table to download, of `empty` ones too, with its description and row count; returns its name."""
    words, lang = view.words, view.selection.lang
    table = word_of(view, "data", list(TABLES), DEFAULT)
    st.selectbox(
        words.t("sources.one_table"),
        list(TABLES) if empty else _filled(release, table),
        format_func=lambda name: title(name, lang),
        key="control-data",
        on_change=write,
        args=("data", DEFAULT),
    )
    rows = words.n("count.rows", len(release.tables[table]))
    st.html(f'<div class="subtitle">{escape(about(table, lang))} {escape(rows)}.</div>')
    return table


def downloads(view: View) -> None:
    """Downloads: a table as CSV and Excel, its dictionary, and all tables as a Data Package."""
    words, lang, release = view.words, view.selection.lang, view.release
    with st.container(key="figure-downloads"):
        st.html(f'<h2 class="title">{escape(words.t("sources.downloads"))}</h2>')
        table = one_table(view, release)
        with st.container(horizontal=True, gap="small", key="doors-data"):
            _save("csv", "CSV", lambda: as_csv(release, table, lang), file_name(table, release, lang, "csv"), "text/csv")
            _save("xlsx", "Excel", lambda: as_workbook(release, table, lang), file_name(table, release, lang, "xlsx"), WORKBOOK)
            if st.button(words.t("sources.dictionary"), key="open-dictionary", icon=":material/menu_book:"):
                _dictionary(view, table)
        st.html(f'<div class="subtitle whole">{escape(words.t("sources.whole", tables=len(TABLES), release=release.number))}</div>')
        _save("package", words.t("sources.package"), lambda: as_package(release), package_name(release), "application/zip")


def _save(key: str, label: str, data, name: str, mime: str) -> None:
    options = {"on_click": "ignore", "icon": ":material/download:", "key": f"save-{key}"}
    st.download_button(label, data=audited(name, data), file_name=name, mime=mime, **options)


def _dictionary(view: View, table: str) -> None:
    """The drawer with the dictionary of a table: its columns in the reader's language."""
    lang = view.selection.lang
    parts = "".join(column_html(view, row) for row in described(columns_of(view.release, table), lang).itertuples(index=False))
    html = f'<div class="drawer"><p>{escape(about(table, lang))}</p>{parts}</div>'
    drawer(f"{view.words.t('sources.dictionary')}: {title(table, lang)}", html, width=760)


def undated(view: View) -> None:
    """The published counts without a date, each with its source; nothing without any."""
    words, rows = view.words, undated_counts(view.release)
    if not len(rows):
        return
    with st.container(key="figure-undated"):
        st.html(title_html(words.n("sources.undated_counts", len(rows)), words.t("sources.undated_how")))
        items = undated_html(view.release, view.selection.lang)
        st.html(f'<div class="scroll undated" tabindex="0"><ul class="list">{items}</ul></div>')


def conflicts(view: View, table: str) -> None:
    """The contradicted facts of a table, or of all, side by side; nothing where no fact is contradicted, as the headline says."""
    if not contradictions(view.release):
        return
    words = view.words
    matches = [fact for fact in contradictions(view.release) if table in ("", fact.table)]
    with st.container(key="figure-conflicts"):
        st.html(title_html(words.n("sources.conflicts", len(matches)), words.t("sources.conflicts_how")))
        if not matches:
            st.html(empty_html(words.t("sources.no_conflict")))
            return
        heads = "".join(f"<span>{escape(words.t(f'sources.head_{name}'))}</span>" for name in ("fact", "used", "otherwise"))
        page = number_within(view, "facts", 1, -(-len(matches) // AT_ONCE), 1)
        facts = facts_html(view.release, view.selection.lang, table, page * AT_ONCE)
        st.html(f'<div class="scroll versus" tabindex="0"><div class="heads">{heads}</div>{facts}</div>')
        _more_button(view, "facts-more", len(matches) - page * AT_ONCE, AT_ONCE, facts=page + 1)


def backtest_figure(view: View) -> None:
    """The backtest; nothing where no count has an earlier one."""
    if trials(view.release):
        with st.container(key="figure-backtest"):
            st.html(trials_html(view.release, view.selection.lang))
