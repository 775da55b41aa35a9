"""The list of every project on record, counted or not, and the drawer of a row."""

from html import escape

from languages import FALLBACK
from metrics.counting.reading import Money
from metrics.themes import exports_by
from metrics.themes.policy_exports import EXPORTED
from pages.parts.elements.reading_text import paragraphs, section
from pages.parts.elements.row_text import first_items, source_line, title_html, with_headings
from pages.parts.shell.selection import View

GROUPS = {"counted": "exports.only_counted", "shown": "exports.only_shown"}
STATUSES = ("", *GROUPS, *EXPORTED, *exports_by.NOT_COUNTED)


def heading_html(view: View, rows) -> str:
    """How many projects are listed, and how many of them count, as HTML."""
    counted, exported, not_counted = exports_by.documented(rows), int(rows["counted"].sum()), int(rows["shown"].sum())
    parts = {"counted": counted, "perhaps": exported - counted, "shown": not_counted, "others": len(rows) - exported - not_counted}
    return title_html(view.words.n("exports.list_title", len(rows)), view.words.t("exports.list_measure", **parts))


def readable(view: View, rows):
    """The columns of the list in the reader's language."""
    words, lang = view.words, view.selection.lang
    sources = view.release.tables["sources"].set_index("source_id")
    table = rows.assign(
        project=words.names(rows, "project"),
        place=rows["export_id"].map(exports_by.place_names(view.release, lang)).fillna(""),
        sector=[words.of("sector", value) for value in rows["sector"]],
        status=[words.of("status", value) for value in rows["status"]],
        started=[words.edtf(value) for value in rows["started"]],
        amount=[_amount(view, row) for row in rows.itertuples()],
        carried_out_by=rows["partner"],
        counting=[_counting(view, row) for row in rows.itertuples()],
        cited=rows["source_id"].map(sources["publisher"].where(sources["publisher"] != "", sources["title"])),
    )
    columns = ("project", "place", "sector", "status", "started", "amount", "carried_out_by", "counting", "cited")
    return with_headings(view, table, columns)


def _amount(view: View, row) -> str:
    """The amount as published; where the language is not English or nothing was published, also written out in that currency."""
    if row.value != row.value or not row.currency:
        return row.value_as_published
    amount = view.words.show(Money(row.value, row.currency))
    written_out = view.selection.lang != FALLBACK or not row.value_as_published
    return " · ".join(filter(None, (row.value_as_published, amount if written_out else "")))


def _counting(view: View, row) -> str:
    words = view.words
    if row.shown:
        return words.t("exports.role_shown")
    return words.t("exports.role_perhaps") if row.counted and not row.certain else words.of("role", row.role)


def record_html(view: View, row) -> str:
    words = view.words
    parts = [
        title_html(words.name(row, "project")),
        f"<p>{escape(words.of('sector', row['sector']))}. {escape(words.of('status', row['status']))}. {escape(_counting(view, row))}.</p>",
        section(words.t("exports.drawer_facts"), paragraphs(_facts(view, row))),
        section(words.t("exports.drawer_note"), paragraphs([words.name(row, "note")])),
        section(words.t("drawer.sources"), f"<p>{source_line(view, row['source_id'])}</p>"),
    ]
    if row["date_source_id"]:
        parts.append(f"<p>{escape(words.t('exports.drawer_source_of_date'))}: {source_line(view, row['date_source_id'])}</p>")
    alike = first_items(view, [f"<li>{_other(view, row)}</li>" for _, row in exports_by.alike(view.release, row["export_id"]).iterrows()])
    return "".join([*parts, section(words.t("exports.drawer_alike"), f"<ul>{alike}</ul>" if alike else "")])


def _facts(view: View, row) -> list[str]:
    words = view.words
    place, amount = exports_by.place_names(view.release, view.selection.lang).get(row["export_id"], ""), _amount(view, row)
    return [
        words.t("exports.drawer_place", place=place) if place else "",
        words.t("exports.drawer_started", when=words.edtf(row["started"])),
        words.t("exports.drawer_finished", when=words.edtf(row["finished"])) if row["finished"] else "",
        words.t("exports.drawer_partner", partner=row["partner"]) if row["partner"] else "",
        words.t("exports.drawer_amount", amount=amount) if amount else words.t("exports.drawer_no_amount"),
    ]


def _other(view: View, row) -> str:
    """Another record in a line: project, status, start, amount, role, note and source."""
    words = view.words
    role = words.of("role", row["role"]) if row["role"] != "primary" or row["status"] in EXPORTED else words.t("exports.role_shown")
    fields = [words.name(row, "project"), words.of("status", row["status"]), words.edtf(row["started"]), _amount(view, row), role]
    note = f" {text}" if (text := words.name(row, "note")) else ""
    return f"{escape(', '.join(filter(None, fields)))}.{escape(note)} ({source_line(view, row['source_id'])})"
