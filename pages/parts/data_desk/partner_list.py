"""A list of partners at the data desk: given as a file or as text, decided where places are in doubt, and kept as a draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from metrics.schema.problems import Problem
from pages.parts.data_desk.draft import Opened, save
from pages.parts.data_desk.problems import grouped, problem_list
from pages.parts.shell.blocks import plain_label
from pages.parts.shell.selection import View
from publishing.desk.desk import DraftWorkspace
from publishing.files.limits import FILE, MEGABYTE
from publishing.new_city.countries import Countries
from publishing.new_city.describing import doubt_text, entry_text, place_text
from publishing.new_city.draft import draft, kinds_of
from publishing.new_city.gazetteer import Place
from publishing.new_city.kinds import UNCLEAR, Kinds
from publishing.new_city.lists import read_file, read_text
from publishing.new_city.matching import Match, decided, matched, typed_place
from publishing.new_city.tables import Given
from publishing.store.releases import today_at_home
from wording import Words

READ = "partner-list"
"""Session key of the list that was read and is being decided."""
OTHER, ASIDE = -1, -2
"""Options beside the places: one that is typed, and to leave the entry out."""
TYPES = ["csv", "tsv", "txt", "xlsx", "json"]
EACH = 400
"""Most clear places that are listed."""
ASKED = 60
"""Most doubts, and most ties that stand twice, that are asked about; of the rest nothing, or the first, is taken."""


@dataclass(frozen=True, eq=False)
class PartnerList:
    """A list as it was read: its matches, or the problems for which there are none."""

    matches: tuple[Match, ...]
    problems: tuple[Problem, ...] = ()


def partner_list(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    """Ask for a list or, where one was read, for decisions."""
    reading = st.session_state.get(READ)
    if reading is not None and reading.matches:
        _decide(view, workspace, opened, reading)
        return
    if reading is not None:
        st.html(f'<div class="faults" role="alert">{grouped(view.words, reading.problems)}</div>')
    content = list_fields(view.words)
    if st.button(view.words.t("new_city.read_list"), type="primary", key="list-read", icon=":material/fact_check:") and content:
        keep_list(*content, kinds_of(opened.base, opened.tables))
        st.rerun()


def list_fields(words: Words) -> tuple[str, bytes] | None:
    """Draw the fields for a file and for text; the name and the content of what was given, None for nothing."""
    turn = st.session_state.get("list-turn", 0)
    st.html(f'<div class="said">{escape(words.t("new_city.list_about"))}</div>')
    # Streamlit's uploader is English only; the style sheet shows this label instead.
    st.html(f'<style>.st-key-list-fields {{ --pick: "{words.t("new_city.pick")}" }}</style>')
    with st.container(key="list-fields"):
        file = st.file_uploader(words.t("new_city.file", limit=FILE // MEGABYTE), type=TYPES, key=f"list-file-{turn}")
        text = st.text_area(words.t("new_city.paste"), key=f"list-text-{turn}", height=160, placeholder=words.t("new_city.paste_example"))
    if file is not None:
        return file.name, file.getvalue()
    return ("", text.encode()) if text.strip() else None


def keep_list(name: str, content: bytes, kinds: Kinds) -> None:
    """Read a list, as text where it has no name, by the city's kinds of tie, and keep it in the session for decisions."""
    countries = Countries()
    entries, problems = read_file(name, content, countries, kinds) if name else read_text(content.decode(), countries, kinds)
    st.session_state[READ] = PartnerList(matched(entries), problems)
    st.session_state["list-turn"] = st.session_state.get("list-turn", 0) + 1  # new keys empty the fields


def _forget() -> None:
    st.session_state.pop(READ, None)
    st.session_state["list-turn"] = st.session_state.get("list-turn", 0) + 1


def _decide(view: View, workspace: DraftWorkspace, opened: Opened, reading: PartnerList) -> None:
    """The doubts, the ties that stand twice, what is clear, and the way to a draft."""
    words, matches = view.words, reading.matches
    doubts = [match for match in matches if match.doubt]
    counts = {"rows": words.n("count.rows", len(matches)), "clear": len(matches) - len(doubts), "doubts": len(doubts)}
    st.html(f'<div class="said">{escape(words.t("new_city.read_of", **counts))}</div>')
    with st.container(key="list-decisions"):
        places = {match.entry.row: place for match in doubts[:ASKED] if (place := _doubt(view, match))}
        twice = [match for match in matches if match.of][:ASKED]
        kept = {row for match in twice if (row := _twice(view, match, matches))}
    if len(doubts) > ASKED:
        st.html(f'<div class="said">{escape(words.n("new_city.more_doubts", len(doubts) - ASKED))}</div>')
    _clear(view, matches)
    kind = _kind(view, matches, kinds_of(opened.base, opened.tables))
    given = _source(view, opened)
    with st.container(horizontal=True, gap="small", key="doors-list"):
        if st.button(words.t("new_city.to_draft"), type="primary", key="list-draft", disabled=kind is None) and kind is not None:
            _to_draft(view, workspace, opened, decided(matches, places, kept), given, kind)
        st.button(words.t("new_city.another_list"), type="tertiary", key="list-forget", on_click=_forget)
    if faults := st.session_state.pop("list-faults", ()):
        problem_list(view, faults)


def _doubt(view: View, match: Match) -> Place | None:
    """The place that is chosen for an entry in doubt; None while it is left out."""
    words, key = view.words, f"{st.session_state.get('list-turn', 0)}-{match.entry.row}"
    labels = {at: place_text(place, words) for at, place in enumerate(match.places)}
    labels |= {OTHER: words.t("new_city.other_place"), ASIDE: words.t("new_city.aside")}
    label = words.t("new_city.doubt", row=str(match.entry.row), entry=entry_text(match, words), doubt=doubt_text(match, words))
    options = {"index": None, "placeholder": words.t("new_city.undecided"), "key": f"list-place-{key}"}
    chosen = st.selectbox(plain_label(label), list(labels), format_func=labels.get, **options)
    if chosen == OTHER:
        return _typed(view, match, st.text_input(words.t("new_city.typed"), key=f"list-typed-{key}", max_chars=100))
    return match.places[chosen] if chosen is not None and chosen >= 0 else None


def _typed(view: View, match: Match, text: str) -> Place | None:
    place = typed_place(match, text, Countries()) if text.strip() else None
    if text.strip():
        line = place_text(place, view.words) if place else view.words.t("new_city.not_understood")
        st.html(f'<div class="when">{escape(line)}</div>')
    return place


def _twice(view: View, match: Match, matches: Sequence[Match]) -> int | None:
    """The row that is kept of two for the same tie."""
    words = view.words
    pair = {other.entry.row: entry_text(other, words) for other in matches if other.entry.row in (match.of, match.entry.row)}
    labels = {row: words.t("new_city.row", row=str(row), entry=entry) for row, entry in pair.items()}
    label, key = words.t("new_city.twice"), f"list-twice-{st.session_state.get('list-turn', 0)}-{match.entry.row}"
    dated = next((other.entry.row for other in matches if other.entry.row in pair and other.entry.date), match.of)
    return st.radio(
        label, list(labels), format_func=lambda row: plain_label(labels[row]), index=list(labels).index(dated), horizontal=True, key=key
    )


def _clear(view: View, matches: Sequence[Match]) -> None:
    """The places that were clear, as written and as understood, to look through."""
    words = view.words
    clear = [match for match in matches if match.place]
    with st.expander(words.t("new_city.clear_places"), key="list-clear"):
        items = "".join(
            f"<li>{escape(entry_text(match, words))}<span class='when'>{escape(place_text(match.place, words))}</span></li>"
            for match in clear[:EACH]
            if match.place
        )
        st.html(f'<div class="scroll records" tabindex="0"><ul class="list">{items}</ul></div>')


def _kind(view: View, matches: Sequence[Match], kinds: Kinds) -> str | None:
    """The kind of the ties whose kind the list does not tell; None until one is chosen where the city has no unclear ones."""
    words, codes = view.words, list(kinds.rows)
    if all(match.entry.kind for match in matches):
        return UNCLEAR
    labels = {code: words.label(row, code, "tie") for code, row in kinds.rows.items()}
    options = {"index": codes.index(UNCLEAR) if UNCLEAR in codes else None, "placeholder": words.t("new_city.undecided")}
    return st.selectbox(words.t("new_city.otherwise"), codes, format_func=labels.get, key="list-kind", **options)


def _source(view: View, opened: Opened) -> Given:
    """The list as a source: who gave it, where it stands; both may be left out."""
    words, day = view.words, today_at_home(opened.newest)
    left, right = st.columns(2)
    publisher = left.text_input(words.t("new_city.given_by"), key="list-publisher", max_chars=200)
    url = right.text_input(words.t("new_city.given_at"), key="list-url", max_chars=500, placeholder="https://")
    return Given(words.t("new_city.list_title", day=day), publisher.strip(), day, url.strip())


def _to_draft(view: View, workspace: DraftWorkspace, opened: Opened, matches: Sequence[Match], given: Given, kind: str) -> None:
    """Keep the rows in the draft that is open, else in a new one, or report problems."""
    words, made = view.words, draft(opened.base, opened.tables, matches, given, kind)
    if made.problems:
        st.session_state["list-faults"] = made.problems
    elif not made.added:
        st.session_state["desk-said"] = words.t("new_city.nothing_new")
        _forget()
    else:
        save(workspace, opened, made.tables)
        st.session_state["desk-said"] = words.t("new_city.in_draft", ties=words.n("rows.agreements", made.added))
        _forget()
    st.rerun()
