"""The forms for a new partner, contact, export, balance and count: what is asked, what follows from it, and the way into the draft."""

import streamlit as st

from metrics.indicators.registry import INDICATORS
from metrics.schema.columns import Field
from metrics.schema.names import Rows
from metrics.schema.tables import field_of
from metrics.schema.vocabulary import family_of
from pages.parts.data_desk.beside import beside, city_line
from pages.parts.data_desk.draft import Opened, save
from pages.parts.data_desk.form import NEW, choice_input, field_input, rows_of
from pages.parts.data_desk.problems import grouped
from pages.parts.shell import blocks
from pages.parts.shell.fragments import now, part
from pages.parts.shell.parameters import word_of, write
from pages.parts.shell.selection import View
from publishing.desk.desk import DraftWorkspace
from publishing.forms.declared import CITY, FORMS, Form
from publishing.forms.filling import Answers, Filled, columns_asked, filled, source_at
from publishing.forms.places import City, meant
from publishing.new_city.describing import place_text
from publishing.store.releases import today_at_home

FIRST = "new_partner"
FOUND = "entry-made"
"""Session key of what a form made and could not keep: the form's key, and the rows with their problems or the rows beside them."""
TURN = "entry-turn"
OF_SOURCE = ("title", "url", "published")
LONGEST = 200


@part
def entry_form(workspace: DraftWorkspace, opened: Opened) -> None:
    """The choice of a form and its fields, as a fragment; the form may stand in the address, as may the measure of a count."""
    view = now()
    words, name = view.words, word_of(view, "form", tuple(FORMS), FIRST)
    options = {"on_change": write, "args": ("form", FIRST), "label_visibility": "collapsed", "required": True}
    named = {form: words.of("entry_form", form) for form in FORMS}
    st.segmented_control(words.t("desk.how_form"), list(FORMS), format_func=named.get, key="control-form", **options)
    blocks.sentence(words.of("entry_about", name), "subtitle")
    known, form = f"{name}-{opened.id}-{st.session_state.setdefault(TURN, 0)}", FORMS[name]
    answers = _answers(view, opened, form, known)
    if st.button(words.t("desk.row_keep"), type="primary", key=f"entry-keep-{known}", disabled=_is_home(opened, answers)):
        _take(view, workspace, opened, form, answers, known)
    _unkept(view, workspace, opened, form, answers, known)


def _answers(view: View, opened: Opened, form: Form, known: str) -> Answers:
    """Draw the fields; what they hold."""
    with st.grid(3, min_column_width=190, gap="small"):
        name = _city_input(view, opened, form, known) if CITY in form.asked else ""
        cells = {column: _input(view, opened, form.table, column, known) for column in _asked(opened, form)}
    # Its own container, so that no place holds an element in one run and a block in the next: a browser that gets both at once fails.
    with st.container():
        city = _city(view, opened, name, known) if name else None
    with st.grid(3, min_column_width=190, gap="small"):
        source = field_input(view, opened, field_of(form.table, "source_id"), "", NEW, f"entry-{known}-source")
        new = {column: _input(view, opened, "sources", column, known) for column in OF_SOURCE} if source == NEW else {}
    if new and (there := source_at(rows_of(opened, "sources"), new["url"])):
        title = rows_of(opened, "sources").set_index("source_id")["title"][there]
        blocks.sentence(view.words.t("entry.source_there", title=title))
    return Answers(cells, city, new or source)


def _asked(opened: Opened, form: Form) -> list[str]:
    return [name for name in columns_asked(form, opened.base) if name != CITY]


def _input(view: View, opened: Opened, table: str, column: str, known: str) -> str:
    field, key = field_of(table, column), f"entry-{known}-{table}-{column}"
    if column == "measure":
        return _measure(view, opened, field, key)
    return field_input(view, opened, field, family_of(table, column), "", key)


def _measure(view: View, opened: Opened, field: Field, key: str) -> str:
    """What was counted, as far as it was counted before; the address may propose one."""
    words, every = view.words, rows_of(opened, "published_counts")["measure"]
    codes = dict.fromkeys([*(code for code in INDICATORS if code in set(every)), *every])
    named = {code: words.of("indicator" if code in INDICATORS else "measure", code).removeprefix("measure.") for code in codes}
    asked = st.query_params.get("measure", "")
    return choice_input(view, field.title.of(view.selection.lang), field, asked if asked in named else "", key, named)


def _city_input(view: View, opened: Opened, form: Form, known: str) -> str:
    words, chosen = view.words, view.selection.city
    names = {row["city_id"]: words.name(row) for row in rows_of(opened, "cities").to_dict("records")} if chosen else {}
    options = {"placeholder": words.t("entry.city_example"), "help": words.t("entry.city_help"), "persist_state": "session"}
    label = field_of(form.places or form.table, CITY).title.of(words.lang)
    return st.text_input(label, value=names.get(chosen, ""), key=f"entry-{known}-city", max_chars=LONGEST, **options).strip()


def _city(view: View, opened: Opened, name: str, known: str) -> City | None:
    """The city that a name means: told where it is clear, chosen where several have it, else asked for by its place."""
    words, cities = view.words, rows_of(opened, "cities")
    choices = meant(cities, name)
    if not choices:
        blocks.sentence(words.t("entry.city_unknown", name=name))
        point = st.text_input(words.t("new_city.typed"), key=f"entry-{known}-point", max_chars=100)
        choices = meant(cities, name, point) if point.strip() else ()
    if len(choices) == 1:
        blocks.sentence(_told(view, opened, choices[0], cities))
        return choices[0]
    if not choices:
        return None
    labels = [blocks.plain_label(_told(view, opened, choice, cities)) for choice in choices]
    at = st.radio(
        words.t("entry.which"), range(len(choices)), format_func=labels.__getitem__, index=None, key=f"entry-{known}-which-{name}"
    )
    return None if at is None else choices[at]


def _told(view: View, opened: Opened, city: City, cities: Rows) -> str:
    if city.match and city.match.place:
        return view.words.t("entry.city_new", place=place_text(city.match.place, view.words))
    row = cities[cities[CITY] == city.city_id].iloc[0].to_dict()
    return city_line(view, row, rows_of(opened, "agreements"))


def _is_home(opened: Opened, answers: Answers) -> bool:
    return bool(answers.city and answers.city.city_id in set(opened.base.tables["home"][CITY]))


def _take(view: View, workspace: DraftWorkspace, opened: Opened, form: Form, answers: Answers, known: str) -> None:
    """Keep the rows in the draft, unless they have problems or tell what stands on record."""
    made = filled(form, opened.base, opened.tables, answers, today_at_home(opened.newest))
    if made.problems or made.beside:
        st.session_state[FOUND] = known, answers, made
    else:
        _keep(view, workspace, opened, made)


def _unkept(view: View, workspace: DraftWorkspace, opened: Opened, form: Form, answers: Answers, known: str) -> None:
    """What hindered the last attempt: problems, or rows that tell the same, beside which the new one may be kept."""
    of, given, made = st.session_state.get(FOUND, ("", None, None))
    if of != known or made is None or given != answers:
        return
    if made.problems:
        st.html(f'<div class="faults" role="alert">{grouped(view.words, made.problems)}</div>')
    if made.beside:
        beside(view, opened, form, made)
        if not made.problems and st.button(view.words.t("entry.keep_both"), key=f"entry-both-{known}"):
            _keep(view, workspace, opened, made)


def _keep(view: View, workspace: DraftWorkspace, opened: Opened, made: Filled) -> None:
    save(workspace, opened, made.tables)
    st.session_state.pop(FOUND, None)
    st.session_state[TURN] += 1
    st.session_state["desk-said"] = view.words.t("desk.row_kept")
    st.rerun()
