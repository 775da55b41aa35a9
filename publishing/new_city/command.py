"""`python -m publishing new-city`: chooses the city, reads the list, asks about doubts, and writes a folder or a draft.

Asks only where somebody can answer; otherwise entries in doubt are listed and left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from publishing.access.rights import AT_THE_MACHINE
from publishing.desk.desk import DraftWorkspace
from publishing.files.limits import FILE
from publishing.files.sentences import Words, sentence
from publishing.new_city.countries import Countries
from publishing.new_city.describing import doubt_text, entry_text, place_text
from publishing.new_city.draft import draft, kinds_of
from publishing.new_city.folder import holds_tables, write
from publishing.new_city.gazetteer import Place, time_zone
from publishing.new_city.kinds import UNCLEAR, Kinds
from publishing.new_city.lists import read_file, read_text
from publishing.new_city.matching import NONE, Match, decided, matched, typed_place, with_earlier
from publishing.new_city.tables import Given, Tables, home_tables, with_partners
from publishing.store.errors import FolderInUse
from publishing.store.store import Store

DONE, PROBLEMS = 0, 1


class Terminal(Protocol):
    """Where the command prints and asks; that of publishing/__main__.py has this form."""

    @property
    def words(self) -> Words:
        """The messages of the reader's language."""

    @property
    def ask(self) -> Callable[[str], str] | None:
        """Asks a question; None where nobody can answer."""

    def say(self, key: str, **fields: object) -> None:
        """Print a message."""

    def line(self, text: str) -> None:
        """Print a text."""


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """The arguments of the command; the store is opened for a draft only."""
    parser.add_argument("--city", metavar="TEXT", default="", help=words.t("cli.help.city"))
    parser.add_argument("--list", type=Path, metavar="FILE", help=words.t("cli.help.list"))
    parser.add_argument("--kind", metavar="KIND", default="", help=words.t("cli.help.kind"))
    parser.add_argument("--likeliest", action="store_true", help=words.t("cli.help.likeliest"))
    parser.add_argument("--author", metavar="NAME", help=words.t("cli.help.author"))
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--into", type=Path, metavar="FOLDER", help=words.t("cli.help.into"))
    place.add_argument("--draft", dest="opens", action="store_true", help=words.t("cli.help.draft"))
    parser.set_defaults(opens=False)


def run(options: argparse.Namespace, store: Store | None, terminal: Terminal, author: str, given: Given) -> int:
    """Run the command; `given` is the list as a source. Raises FolderInUse, and the errors of the store."""
    if options.into and holds_tables(options.into):
        raise FolderInUse(str(options.into))
    kinds = kinds_of(store.in_force(), {}) if store else Kinds()
    tables = {} if store else _home(options, terminal)
    matches = None if tables is None else _list(options, kinds, terminal)
    kind = None if matches is None else _kind(options, kinds, matches, terminal)
    if tables is None or matches is None or kind is None:
        return PROBLEMS
    if store:
        return _draft(store, matches, terminal, author, given, kind)
    if matches:
        tables |= with_partners(tables, matches, given, kind)
    write(options.into, tables)
    terminal.say("new_city.folder_written", folder=str(options.into), ties=len(tables["agreements"]))
    return DONE


def _draft(store: Store, matches: Sequence[Match], terminal: Terminal, author: str, given: Given, kind: str) -> int:
    base = store.in_force()
    made = draft(base, {}, matches, given, kind)
    if not made.added:
        terminal.say("new_city.nothing_new")
    for problem in made.problems:
        terminal.line(f"{problem.table}: {problem.row}: {problem.column}: {sentence(problem, terminal.words)}")
    if made.problems or not made.added:
        return PROBLEMS
    DraftWorkspace(store, AT_THE_MACHINE, author).keep(made.tables, base=base)
    terminal.say("new_city.draft_made", ties=made.added)
    return DONE


def _kind(options: argparse.Namespace, kinds: Kinds, matches: Sequence[Match], terminal: Terminal) -> str | None:
    """The kind of the ties whose kind the list does not tell: that of the option, else unclear, else as a person answers; None without."""
    needed = terminal.words.t("new_city.kind_needed", kinds=", ".join(kinds.rows))
    if options.kind:
        return kinds.code(options.kind) or options.refuse(f"{options.kind}: {needed}")
    if UNCLEAR in kinds.rows or all(match.entry.kind for match in matches):
        return UNCLEAR
    while terminal.ask and (answer := terminal.ask(terminal.words.t("new_city.which_kind", kinds=", ".join(kinds.rows)))).strip():
        if code := kinds.code(answer):
            return code
    terminal.line(needed)
    return None


def _home(options: argparse.Namespace, terminal: Terminal) -> Tables | None:
    """The tables of the home city; None, with the places to choose from, where it is not clear."""
    text = options.city or (terminal.ask(terminal.words.t("new_city.which_city")) if terminal.ask else "")
    entries = read_text(text, Countries())[0] if text.strip() else ()
    match = matched(entries[:1])[0] if entries else None
    place = match and (match.place or _asked(match, terminal))
    if place:
        place = place if place.time_zone else replace(place, time_zone=time_zone(place.country, (place.lat, place.lon)))
        terminal.say("new_city.home", place=place_text(place, terminal.words))
        return home_tables(place, match.entry.city if match and match.doubt != NONE else "")
    terminal.say("new_city.no_city", city=text)
    return None


def _list(options: argparse.Namespace, kinds: Kinds, terminal: Terminal) -> tuple[Match, ...] | None:
    """The decided matches of the list; () without one, None where it cannot be read."""
    file = options.list or (_path(terminal) if terminal.ask else None)
    if file is None:
        return ()
    try:
        with file.open("rb") as opened:
            content = opened.read(FILE + 1)
    except OSError as closed:
        options.refuse(f"{file}: {closed.strerror}")
        raise
    entries, problems = read_file(file.name, content, Countries(), kinds)
    for problem in problems:
        terminal.line(f"{file.name}: {sentence(problem, terminal.words)}")
    return _decided(matched(entries), options.likeliest, terminal) if entries else None


def _path(terminal: Terminal) -> Path | None:
    text = terminal.ask(terminal.words.t("new_city.which_list")).strip() if terminal.ask else ""
    return Path(text) if text else None


def _decided(matches: Sequence[Match], likeliest: bool, terminal: Terminal) -> tuple[Match, ...]:
    doubts = [match for match in matches if match.doubt]
    terminal.say("new_city.read", rows=len(matches), clear=len(matches) - len(doubts), doubts=len(doubts))
    places: dict[int, Place] = {}
    for match in doubts:
        place = _likeliest(match, terminal) if likeliest and match.places else _asked(match, terminal)
        if place:
            places[match.entry.row] = place
    for match in with_earlier(matches):
        if match.of:
            terminal.say("new_city.same", row=str(match.entry.row), entry=entry_text(match, terminal.words), of=str(match.of))
    return decided(matches, places)


def _likeliest(match: Match, terminal: Terminal) -> Place:
    """The first of the places to choose from, printed beside what was asked for: it may be another place of a similar name."""
    row, entry, doubt = str(match.entry.row), entry_text(match, terminal.words), doubt_text(match, terminal.words)
    terminal.say("new_city.taken", row=row, entry=entry, doubt=doubt, place=place_text(match.places[0], terminal.words))
    return match.places[0]


def _asked(match: Match, terminal: Terminal) -> Place | None:
    """The place that a person chooses by number or by coordinates; None to leave it out, and where nobody can answer."""
    _doubt(match, terminal)
    if terminal.ask is None:
        return None
    while True:
        answer = terminal.ask(terminal.words.t("new_city.choose")).strip()
        if not answer:
            return None
        if answer.isdecimal() and 1 <= int(answer) <= len(match.places):
            return match.places[int(answer) - 1]
        if place := typed_place(match, answer, Countries()):
            return place
        terminal.say("new_city.not_understood")


def _doubt(match: Match, terminal: Terminal) -> None:
    """Print a doubt and the places to choose from."""
    row, entry = str(match.entry.row), entry_text(match, terminal.words)
    terminal.say("new_city.doubt", row=row, entry=entry, doubt=doubt_text(match, terminal.words))
    for number, place in enumerate(match.places, start=1):
        terminal.line(f"  {number}. {place_text(place, terminal.words)}")
