"""The lists of a dossier: agreements with their areas, contacts, exports, anniversaries ahead, and what is not recorded.

Each line has its source; what is not on record is said and never filled in.
"""

from functools import lru_cache
from html import escape

import streamlit as st

from metrics.schema.tables import TABLES
from metrics.themes import contacts
from metrics.themes.exports_by import documented
from pages.parts.city.city import about, act_line
from pages.parts.elements.drawer import source_line
from pages.parts.elements.row_text import standing
from pages.parts.shell.navigation import link
from pages.parts.shell.selection import View

JOINT = ("event", "online", "meeting_elsewhere")
"""Contacts at which others may have been present: the events that both cities are known to have shared."""


def _block(view: View, key: str, title: str, measure: str, body: str) -> None:
    """A card of the page: its title, what it holds, and its list."""
    under = f'<div class="subtitle">{escape(measure)}</div>' if measure else ""
    with st.container(key=f"figure-city-{key}", height="stretch"):
        st.html(f'<h2 class="title">{escape(title)}</h2>{under}{body}')


def _empty(sentence: str) -> str:
    return f'<div class="empty">{escape(sentence)}</div>'


def rest(view: View) -> None:
    """The smaller cards in one row: those that have something to say, and at the end what is not recorded."""
    city = about(view)
    there = [(ahead, len(city.signed)), (exported, len(city.exported)), (shared, len(joint(view))), (missing, True)]
    cards = [card for card, something in there if something]
    with st.grid(len(cards), min_column_width=270, gap="medium"):
        for card in cards:
            card(view)


def agreements(view: View) -> None:
    """What was signed, each with the areas of cooperation that it names; then areas named without an agreement, and other accounts."""
    words, city = view.words, about(view)
    areas = city.areas[city.areas["role"] == "primary"]
    if not len(city.agreements) and not len(areas):
        _block(view, "agreements", words.t("city.no_agreements"), "", "")
        return
    title = words.t(
        "city.agreements_and_areas" if len(areas) else "city.agreements_only",
        agreements=words.n("city.n_agreements", len(city.signed)),
        areas=words.n("area.count", len(areas)),
    )
    _block(view, "agreements", title, words.t("area.measure"), _acts(view))


@lru_cache(maxsize=64)
def _acts(view: View) -> str:
    words, city = view.words, about(view)
    signed = [_act(view, act, city.areas[city.areas["agreement_id"] == act["agreement_id"]]) for act in _newest_first(city.signed)]
    rest = city.areas[~city.areas["agreement_id"].isin(city.signed["agreement_id"])]
    beside = [_beside(view, rows) for _, rows in reversed(list(rest.groupby("agreed", sort=True)))]
    others = city.agreements[~city.agreements["agreement_id"].isin(city.signed["agreement_id"])]
    told = "".join(f"<li>{escape(act_line(view, act))}{standing(view, act)}</li>" for act in others.to_dict("records"))
    more = f'<h3 class="part">{escape(words.t("city.told_otherwise"))}</h3><ul class="list">{told}</ul>' if told else ""
    return f'<ul class="list acts">{"".join([*signed, *beside])}</ul>{more}'


def _newest_first(rows) -> list[dict]:
    return rows.iloc[::-1].to_dict("records")


def _act(view: View, act: dict, areas) -> str:
    """An agreement: its kind and date, its areas, its note and source."""
    dot, unsaid = f'<i class="dot-{act["type"]}"></i>', ("primary", "other", "conflict", "alternate")
    return f"<li>{dot}<b>{escape(act_line(view, act))}</b>{_areas(view, areas, act['source_id'])}{standing(view, act, unsaid)}</li>"


def _beside(view: View, areas) -> str:
    """Areas of one day that belong to no agreement on record."""
    when = view.words.t("area.without_agreement", when=view.words.edtf(areas["agreed"].iloc[0]))
    return f"<li><b>{escape(when)}</b>{_areas(view, areas)}</li>"


def _areas(view: View, areas, cited: str = "") -> str:
    """Areas as a line of words, with what is to be known of them and their sources, but for one that is cited beside them."""
    if not len(areas):
        return ""
    used, others = areas[areas["role"] == "primary"], areas[areas["role"] != "primary"]
    lines = "".join(f"<li>{escape(view.words.name(area, 'area'))}</li>" for area in used.to_dict("records"))
    told = [_told_of_areas(view, used, "", cited)] if len(used) else []
    told += [
        _told_of_areas(view, rows, ", ".join(rows[f"area_{view.selection.lang}"])) for _, rows in others.groupby("source_id", sort=False)
    ]
    return f'<ul class="areas">{lines}</ul>{"".join(told)}'


def _told_of_areas(view: View, areas, otherwise: str, cited: str = "") -> str:
    words = view.words
    notes = [note for note in areas[f"note_{view.selection.lang}"].unique() if note]
    sources = "; ".join(source_line(view, source) for source in areas["source_id"].unique() if source != cited)
    sources = f"{escape(words.t('area.from'))} {sources}" if sources else ""
    said = f"<em>{escape(words.t('area.otherwise', areas=otherwise))}</em> " if otherwise else ""
    return f'<span class="when">{said}{escape(" ".join(notes))} {sources}</span>'


def met(view: View) -> None:
    """The recorded contacts as a timeline, the newest first; those only announced are marked, the last one held stands out."""
    words, city = view.words, about(view)
    if not contacts.on_record(view.release):
        _block(view, "contacts", words.t("contact.none_recorded"), "", _empty(words.t("contact.which_upload", table=_table(view))))
        link(view, "data_desk", words.t("contact.to_the_desk"))
        return
    _block(view, "contacts", contacts_title(view), words.t("contact.coverage"), _timeline(view) if len(city.met) else "")


def contacts_title(view: View) -> str:
    """How many contacts of the city were held, and how many are known from a notice alone."""
    words, met = view.words, about(view).met
    used, held = met[met["used"]], int(met["held"].sum())
    if not len(used):
        return words.t("contact.none_of_city")
    announced = int((used["status"] == "announced").sum())
    title = "contact.title_announced" if announced else "contact.title"
    return words.t(title, held=words.n("city.n_contacts", held), announced=announced)


def _table(view: View) -> str:
    return getattr(TABLES["contacts"].metadata["title"], view.selection.lang)


@lru_cache(maxsize=64)
def _timeline(view: View) -> str:
    city = about(view)
    last = "" if city.last is None else city.last["contact_id"]
    items = "".join(_contact(view, row, row["contact_id"] == last) for row in city.met.to_dict("records"))
    return f'<div class="scroll contacts" tabindex="0"><ul class="timeline">{items}</ul></div>'


def _contact(view: View, row: dict, last: bool) -> str:
    """A contact: when, what, and in the quiet lines how, at which level, where, its note and source."""
    words = view.words
    marks = [words.t("contact.last")] if last else []
    marks += [words.of("contact.status", "announced")] if row["status"] == "announced" else []
    marked = "".join(f"<em>{escape(mark)}</em> " for mark in marks)
    look = "told" if not row["used"] else row["status"]
    when, what = escape(words.edtf(row["date"])), escape(words.name(row, "subject"))
    return (
        f'<li class="{look}"><b>{when}</b> {marked}<span class="what">{what}</span>'
        f'<span class="when">{escape(how(view, row))}</span>{standing(view, row)}</li>'
    )


def how(view: View, row: dict) -> str:
    """Of a contact its kind, level and place in a line."""
    words = view.words
    parts = [words.of("contact.kind", row["kind"]), words.of("contact.level", row["level"]), words.name(row, "place")]
    return ", ".join(part for part in parts if part)


def ahead(view: View) -> None:
    """The round anniversaries that are next, one a line, the nearest first."""
    words, rows = view.words, about(view).coming
    if not len(rows):
        _block(view, "ahead", words.t("city.ahead_none"), "", "")
        return
    body = "".join(coming(view, row) for row in rows.to_dict("records"))
    _block(view, "ahead", words.t("city.ahead"), words.t("city.ahead_measure", round=contacts.ROUND), f'<ul class="list">{body}</ul>')


def coming(view: View, row: dict, named: str = "") -> str:
    """An anniversary as an item: how many years, on which date, of what; with `named`, HTML that says of which city."""
    words = view.words
    act = words.t("city.act_of", tie=words.of("tie", row["type"]), when=words.edtf(row["signed"]))
    years, when = escape(words.n("city.years", row["years"])), escape(words.edtf(row["when"]))
    before = f"{named}, " if named else ""
    return f'<li>{before}<b>{years}</b>, {when}<span class="when">{escape(act)}. {source_line(view, row["source_id"])}</span></li>'


def coming_line(view: View, row: dict) -> str:
    """An anniversary as text."""
    words = view.words
    act = words.t("city.act_of", tie=words.of("tie", row["type"]), when=words.edtf(row["signed"]))
    return f"{words.n('city.years', row['years'])}, {words.edtf(row['when'])} ({act})"


def exported(view: View) -> None:
    """The projects exported to the city, and those that are shown and not counted."""
    words, rows = view.words, about(view).exported
    counted = documented(rows)
    title = words.n("city.exports", counted) if counted else words.n("city.exports_shown", len(rows))
    items = "".join(_project(view, row) for row in rows.to_dict("records"))
    _block(
        view,
        "exports",
        title,
        words.t("city.exports_measure"),
        f'<div class="scroll exported" tabindex="0"><ul class="list">{items}</ul></div>',
    )


def _project(view: View, row: dict) -> str:
    words = view.words
    facts = [words.of("sector", row["sector"]), words.of("status", row["status"]), words.edtf(row["started"]), row["value_as_published"]]
    look = "" if row["counted"] and row["certain"] else f"<em>{escape(words.t('exports.role_shown'))}</em> "
    return (
        f"<li>{look}{escape(words.name(row, 'project'))}"
        f'<span class="when">{escape(", ".join(fact for fact in facts if fact))}</span>{standing(view, row)}</li>'
    )


def shared(view: View) -> None:
    """The events that both cities are known to have taken part in."""
    words, rows = view.words, joint(view)
    items = "".join(_event(view, row) for row in rows.to_dict("records"))
    _block(view, "shared", words.n("city.shared", len(rows)), words.t("city.shared_measure"), f'<ul class="list">{items}</ul>')


def joint(view: View):
    """The contacts at events that both cities took part in."""
    met = about(view).met
    return met[met["used"] & met["kind"].isin(JOINT)]


def _event(view: View, row: dict) -> str:
    words = view.words
    look = f"<em>{escape(words.of('contact.status', 'announced'))}</em> " if row["status"] == "announced" else ""
    where = [words.edtf(row["date"]), words.name(row, "place") or words.of("contact.kind", row["kind"])]
    return f'<li>{look}{escape(words.name(row, "subject"))}<span class="when">{escape(", ".join(where))}</span></li>'


def missing(view: View) -> None:
    """What is not recorded of the city, as a list."""
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in unknown(view))
    _block(view, "missing", view.words.t("city.missing"), "", f'<ul class="list">{items}</ul>')


@lru_cache(maxsize=64)
def unknown(view: View) -> tuple[str, ...]:
    """What is not recorded, each as a sentence; worked out from what is."""
    words, city, home = view.words, about(view), view.home_name
    without = len(city.signed) - int(city.signed["agreement_id"].isin(city.areas["agreement_id"]).sum())
    vague = int((~city.signed["signed"].str.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}")).sum())
    since = contacts.first_year(view.release)
    said = [
        words.n("city.missing_day", vague) if vague else "",
        words.n("city.missing_areas", without) if without else "",
        words.t("city.missing_contacts", table=_table(view)) if since is None else words.t("city.missing_before", year=str(since)),
        words.t("city.missing_held") if since is not None and city.last is None else "",
        words.t("city.missing_exports") if not len(city.exported) else "",
        words.t("city.missing_networks", city=city.name, home=home),
        words.t("city.missing_events", home=home),
    ]
    return tuple(sentence for sentence in said if sentence)


def all_sources(view: View) -> None:
    """Every source that the dossier rests on, folded up."""
    words, found = view.words, cited(view)
    items = "".join(f"<li>{source_line(view, source)}</li>" for source in found)
    if items:
        many = escape(words.n("city.sources", len(found)))
        st.html(f'<details class="cited"><summary>{many}</summary><ul class="list">{items}</ul></details>')


@lru_cache(maxsize=64)
def cited(view: View) -> tuple[str, ...]:
    """The sources of all rows of the dossier, each once, in the order in which the page cites them."""
    city = about(view)
    frames = (city.agreements, city.areas, city.met, city.exported)
    return tuple(dict.fromkeys(source for rows in frames for source in rows["source_id"]))
