"""What stands on record beside what is entered: a city with its ties, and rows that tell the same fact, side by side."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from metrics.schema.dates import is_date
from metrics.schema.names import Rows
from metrics.schema.tables import field_of
from metrics.schema.vocabulary import family_of
from pages.parts.data_desk.changes import cell, column_title
from pages.parts.data_desk.draft import Opened
from pages.parts.data_desk.form import labels_of
from pages.parts.shell import blocks
from pages.parts.shell.selection import View
from publishing.forms.declared import CITY, Form
from publishing.forms.filling import Filled, columns_asked

MOST = 3
"""Most rows on record that are shown beside a new one."""


def city_line(view: View, city: Mapping[str, str], agreements: Rows) -> str:
    """A city of the table with its ties: "London (london): Friendship city, 4 Dec 2015"."""
    words, own = view.words, agreements[(agreements[CITY] == city[CITY]) & (agreements["role"] == "primary")]
    ties = [words.t("entry.tie", kind=words.of("tie", row["type"]), day=words.edtf(row["signed"])) for row in own.to_dict("records")]
    name = f"{words.name(city)} ({city[CITY]})"
    if city[CITY] in set(view.release.tables["home"][CITY]):
        return words.t("entry.city_home", city=name)
    return words.t("entry.city_known", city=name, ties=", ".join(ties)) if ties else words.t("entry.city_without", city=name)


def beside(view: View, opened: Opened, form: Form, made: Filled) -> None:
    """Rows on record and the new one as a table, a column each."""
    words, shown = view.words, made.beside[:MOST]
    blocks.sentence(words.n("entry.beside", len(made.beside)))
    heads = "".join(f'<th scope="col">{escape(words.t(key))}</th>' for key in [*["entry.on_record"] * len(shown), "entry.new"])
    body = "".join(
        f'<tr><th scope="row">{escape(column_title(words, form.table, name))}</th>'
        + "".join(f"<td>{cell(_text(view, opened, form.table, name, row))}</td>" for row in (*shown, made.row))
        + "</tr>"
        for name in (*columns_asked(form, opened.base), "role", "source_id")
        if name in made.row
    )
    st.html(f'<div class="scroll effect" tabindex="0"><table><thead><tr><td></td>{heads}</tr></thead><tbody>{body}</tbody></table></div>')


def _text(view: View, opened: Opened, table: str, name: str, row: Mapping[str, str]) -> str:
    """A cell in words; a reference by the name of its row."""
    words, value, field = view.words, row.get(name, ""), field_of(table, name)
    if field is None or not value:
        return value
    if name == "role":
        return words.of("standing", value).rstrip(".")
    if field.refers:
        names = labels_of(view, opened, field.refers)
        return names.get(value) or view.words.t("entry.new_row")
    if field.kind == "date":
        return words.edtf(value) if is_date(value) else value
    return words.of(family, value) if (family := family_of(table, name)) else value
