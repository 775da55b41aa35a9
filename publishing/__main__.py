"""Command line of the data desk: `python -m publishing check|publish|history|restore|export|backup|recover|new-city`.

Parses arguments, calls the same functions as the pages, and prints the result.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TextIO

from languages import LANGUAGES
from metrics.schema.problems import Problem
from metrics.schema.release import Release
from metrics.schema.vocabulary import codes_of
from publishing.access.rights import AT_THE_MACHINE, require
from publishing.changes.doubts import as_counts, every_doubt
from publishing.changes.marks import CORRECTION, REVISION, changed_cells
from publishing.changes.review import Difference, as_lines, differences, removals
from publishing.changes.rows import added_to, in_order_of, raw
from publishing.desk.checking import CELLS, Checked, as_json, problem_as_json
from publishing.desk.desk import as_of_release, made_on, undamaged
from publishing.files.downloads import as_package, is_package, package_name, title
from publishing.files.intake import FileReport, Intake, take, together
from publishing.files.limits import FILE as LARGEST
from publishing.files.opening import ENCODINGS
from publishing.files.row_names import known_names
from publishing.files.sentences import line, read_as
from publishing.new_city import command as new_city
from publishing.new_city.tables import Given
from publishing.progress_bar import bar
from publishing.store import audit
from publishing.store.backup import backup, backup_path, recover
from publishing.store.disk import refuse_unless, write_whole
from publishing.store.errors import DashboardError, NewerRelease, UnconfirmedRemovals
from publishing.store.release_cache import current_store, database, state_folder
from publishing.store.releases import Entry, UnreadableRelease, candidate, read_folder, today_at_home
from publishing.store.store import POINTS, Store, place, unmake
from wording import Words, spoken, words

DONE, PROBLEMS, USAGE = 0, 1, 2
"""Exit codes."""
READ, CHECKED = 0.6, 0.8
"""Progress after reading the files, and after checking their cells."""
STEP = (1 - CHECKED) / len(POINTS)
"""Progress of each step of publishing."""


@dataclass(frozen=True)
class Terminal:
    """Output of a command: its messages, its stream, its progress bar (0 to 1), and questions; None where nobody can answer."""

    words: Words
    out: TextIO
    bar: Callable[[float], None]
    ask: Callable[[str], str] | None = None

    def say(self, key: str, **fields: object) -> None:
        """Print a message of locale/."""
        self.line(self.words.t(key, **fields))

    def line(self, text: str) -> None:
        """Print a line without control characters, which a cell could use for terminal escapes."""
        print("".join(letter for letter in text if letter.isprintable() or letter == "\t"), file=self.out)


def main(
    arguments: Sequence[str],
    store: Callable[[], Store] = current_store,
    out: TextIO = sys.stdout,
    err: TextIO = sys.stderr,
    surroundings: Mapping[str, str] = os.environ,
    ask: Callable[[str], str] | None = None,
) -> int:
    """Run a command and return DONE or PROBLEMS. Raises SystemExit with USAGE for invalid arguments."""
    texts = words(spoken(arguments, surroundings))
    options = _parser(texts).parse_args(arguments)
    terminal = Terminal(texts, out, bar(err), ask)
    try:
        require(AT_THE_MACHINE)
        return options.act(options, None if _is_apart(options) else store(), terminal)
    except UnreadableRelease as unreadable:  # of the data folder that seeds the store
        _print_problems(unreadable.problems, (), terminal)
        return PROBLEMS
    except DashboardError as refused:
        terminal.bar(1)
        print(refused.sentence(texts), file=err)
        return PROBLEMS


def _is_apart(options: argparse.Namespace) -> bool:
    """Whether a command needs no store: a folder is also checked before there is one."""
    return not options.opens or any(file.is_dir() for file in getattr(options, "files", ()))


def _parser(texts: Words) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m publishing", description=texts.t("cli.about"), allow_abbrev=False)
    parser.add_argument("--lang", choices=LANGUAGES, help=texts.t("cli.help.lang"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, act: Callable) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=texts.t(f"cli.help.{name}"), description=texts.t(f"cli.help.{name}"), allow_abbrev=False)
        added.set_defaults(act=act, refuse=added.error, opens=True)
        added.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=texts.t("cli.help.lang"))
        return added

    check, publish = command("check", _check), command("publish", _publish)
    for subparser in (check, publish):
        subparser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=texts.t("cli.help.files"))
        subparser.add_argument("--rows", action="store_true", help=texts.t("cli.help.rows"))
        subparser.add_argument("--on", type=int, metavar="N", help=texts.t("cli.help.on"))
    form = check.add_mutually_exclusive_group()
    form.add_argument("--cells", action="store_true", help=texts.t("cli.help.cells"))
    form.add_argument("--json", action="store_true", help=texts.t("cli.help.json"))
    publish.add_argument("--note", required=True, metavar="TEXT", help=texts.t("cli.help.note"))
    publish.add_argument("--confirm-doubts", type=int, default=0, metavar="N", help=texts.t("cli.help.confirm_doubts"))
    publish.add_argument("--confirm-removals", type=int, default=0, metavar="N", help=texts.t("cli.help.confirm_removals"))
    publish.add_argument("--mark", choices=(REVISION, CORRECTION), help=texts.t("cli.help.mark"))
    command("history", _history)
    restore, export = command("restore", _restore), command("export", _export)
    restore.add_argument("--note", default="", metavar="TEXT", help=texts.t("cli.help.note"))
    for subparser in (publish, restore):
        subparser.add_argument("--author", metavar="NAME", help=texts.t("cli.help.author"))
    for subparser in (restore, export):
        subparser.add_argument("number", type=int, metavar="N", help=texts.t("cli.help.number"))
    export.add_argument("--to", type=Path, metavar="FILE", help=texts.t("cli.help.to"))
    for subparser in (command("backup", _backup), recovery := command("recover", _recover)):
        subparser.add_argument("file", type=Path, metavar="FILE", help=texts.t("cli.help.backup_file"))
    recovery.add_argument("--author", metavar="NAME", help=texts.t("cli.help.author"))
    recovery.add_argument("--replace", action="store_true", help=texts.t("cli.help.replace"))
    recovery.set_defaults(opens=False)
    new_city.add_arguments(command("new-city", _new_city), texts)
    return parser


def _check(options: argparse.Namespace, store: Store | None, terminal: Terminal) -> int:
    if store is None:
        return _check_folder(options, terminal)
    checked = _checked(options, store, terminal)
    if options.json:
        print(json.dumps(as_json(checked, terminal.words), ensure_ascii=False), file=terminal.out)
        return PROBLEMS if checked.draft is None else DONE
    base, draft, doubts = checked.base, checked.draft, checked.doubts
    _report(checked, terminal)
    if draft is None:
        return PROBLEMS
    diffs = _compared(base, draft, terminal)
    if options.cells:
        terminal.out.write(as_lines(diffs, CELLS).decode("utf-8-sig"))
    _print_doubts(doubts, terminal)
    if removed := removals(diffs):
        terminal.say("cli.removals", found=removed)
    return DONE


def _check_folder(options: argparse.Namespace, terminal: Terminal) -> int:
    """Check a whole data folder. Raises UnreadableRelease with every problem."""
    if len(options.files) > 1:
        options.refuse(terminal.words.t("cli.one_folder"))
    if options.json:
        return _print_folder_json(options.files[0], terminal)
    release = read_folder(options.files[0])
    terminal.say("cli.folder", file=str(options.files[0]), rows=sum(map(len, release.tables.values())), digest=release.digest)
    return DONE


def _print_folder_json(folder: Path, terminal: Terminal) -> int:
    try:
        read_folder(folder)
        problems: Sequence[Problem] = ()
    except UnreadableRelease as unreadable:
        problems = unreadable.problems
    print(
        json.dumps({"problems": [problem_as_json(problem, terminal.words) for problem in problems]}, ensure_ascii=False), file=terminal.out
    )
    return PROBLEMS if problems else DONE


def _publish(options: argparse.Namespace, store: Store, terminal: Terminal) -> int:
    if not options.note.strip():
        options.refuse(terminal.words.t("cli.note_missing"))
    checked = _checked(options, store, terminal)
    base, draft, doubts = checked.base, checked.draft, checked.doubts
    _report(checked, terminal)
    if draft is None:
        return PROBLEMS
    _compared(base, draft, terminal)
    if len(doubts) != options.confirm_doubts:
        _print_doubts(doubts, terminal)
        return PROBLEMS
    made = {"parent": base.number, "digest": base.digest, "author": _author(options), "note": options.note}
    made |= {"removals": options.confirm_removals, "confirmed": as_counts(doubts)}
    made |= {"marks": dict.fromkeys(changed_cells(base, draft), options.mark) if options.mark else {}}
    try:
        entry = store.publish(draft, **made, pause=lambda point: terminal.bar(CHECKED + POINTS.index(point) * STEP))
    except NewerRelease as newer:
        terminal.say("cli.meanwhile", number=str(base.number), newest=str(newer.newest))
        _compared(base, store.release(newer.newest), terminal)
        raise
    except UnconfirmedRemovals as unconfirmed:
        terminal.say("cli.removals", found=unconfirmed.found)
        raise
    terminal.bar(1)
    terminal.say("cli.published", number=str(entry.number))
    return DONE


def _history(options: argparse.Namespace, store: Store, terminal: Terminal) -> int:
    for entry in store.history():
        terminal.line(_history_line(entry, terminal.words))
    return DONE


def _history_line(entry: Entry, texts: Words) -> str:
    """Tab-separated: number, time, kind, author, note, tables with the rows added, changed and removed."""
    what = texts.t(f"cli.kind.{entry.kind}", number=str(entry.restored))
    changes = ", ".join(f"{table} +{added} ~{changed} -{removed}" for table, (added, changed, removed) in entry.changes.items())
    return "\t".join([str(entry.number), f"{entry.at:%Y-%m-%d %H:%M} UTC", what, entry.author, entry.note, changes])


def _restore(options: argparse.Namespace, store: Store, terminal: Terminal) -> int:
    base = store.in_force()
    entry = store.restore(options.number, parent=base.number, digest=base.digest, author=_author(options), note=options.note)
    terminal.say("cli.restored", number=str(entry.number), restored=str(options.number))
    return DONE


def _export(options: argparse.Namespace, store: Store, terminal: Terminal) -> int:
    release = store.release(options.number)
    file = options.to or Path(package_name(release))
    refuse_unless(file, is_package)
    try:
        write_whole(file, lambda part: part.write_bytes(as_package(release)), is_package)
    except OSError as closed:
        options.refuse(f"{file}: {closed.strerror}")
    terminal.say("cli.exported", number=str(release.number), file=str(file))
    return DONE


def _backup(options: argparse.Namespace, store: Store, terminal: Terminal) -> int:
    terminal.say("cli.backed_up", rows=backup(store.engine, options.file), file=str(options.file))
    return DONE


def _recover(options: argparse.Namespace, _store: None, terminal: Terminal) -> int:
    """Creates the store; an existing one is backed up before it is replaced."""
    store = place(state_folder(), database())
    if options.replace and store.is_begun():
        file = backup_path(state_folder(), store.now(), "replaced")
        backup(store.engine, file)
        terminal.say("cli.kept", file=str(file))
    noted = {"at": store.now(), "act": "recovered", "who": _author(options), "file": options.file.name}
    try:
        rows = recover(store.engine, options.file, options.replace, lambda connection: audit.add(connection, **noted))
    except DashboardError:
        unmake(state_folder())
        raise
    terminal.say("cli.recovered", rows=rows, number=str(store.newest()))
    return DONE


def _new_city(options: argparse.Namespace, store: Store | None, terminal: Terminal) -> int:
    author, today = _author(options), date.today()
    given = Given(terminal.words.t("new_city.list_title", day=today), author, today)
    return new_city.run(options, store, terminal, author, given)


def _base(options: argparse.Namespace, store: Store, files: Sequence[tuple[str, bytes]], stated: int | None) -> Release:
    """The release of the option, else the one that the files were downloaded from, else the one in force."""
    newest = store.in_force()
    number = options.on or made_on([name for name, _ in files], newest.number, stated)
    return newest if number == newest.number else store.release(number)


def _author(options: argparse.Namespace) -> str:
    """The author: the option, else the login."""
    return options.author or next((os.environ[name] for name in ("LOGNAME", "USER", "USERNAME") if os.environ.get(name)), "")


def _contents(options: argparse.Namespace) -> list[tuple[str, bytes]]:
    """The files by name, read up to just above the size limit."""
    try:
        return [(file.name, _beginning(file)) for file in options.files]
    except OSError as closed:
        options.refuse(f"{closed.filename}: {closed.strerror}")
        raise


def _beginning(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(LARGEST + 1)


def _checked(options: argparse.Namespace, store: Store, terminal: Terminal) -> Checked:
    files = _contents(options)
    newest = store.in_force()
    names = known_names(partial(raw, newest), map(words, LANGUAGES))
    intake = take(files, lambda share: terminal.bar(share * READ), codes=codes_of(newest.tables), names=names)
    base = _base(options, store, files, intake.release)
    tables = as_of_release(intake.tables, base)
    tables = added_to(base, tables) if options.rows else tables
    draft, rule_problems = candidate(base, tables)
    if draft and options.rows:
        draft, _ = candidate(base, in_order_of(base, tables))
    terminal.bar(CHECKED)
    problems = together(intake.problems, rule_problems)
    terminal.bar(1)
    if problems or draft is None:
        return Checked(base, None, intake, problems)
    in_cp949 = {file.table for file in intake.files if file.encoding == ENCODINGS["cp949"]}
    doubts = every_doubt(base, draft, undamaged(store.release), today_at_home(base), intake.doubts, in_cp949)
    return Checked(base, draft, intake, problems, doubts)


def _report(checked: Checked, terminal: Terminal) -> None:
    """Print what was read, as what, and the problems."""
    intake = checked.intake
    for file in intake.files:
        terminal.say("cli.file", file=file.label, table=title(file.table, terminal.words.lang), rows=file.rows)
    for name in intake.aside:
        terminal.say("cli.whole", file=name, said=terminal.words.t("desk.aside"))
    _print_readings(intake, terminal)
    _print_problems(checked.problems, intake.files, terminal)


def _print_doubts(doubts: Sequence[Problem], terminal: Terminal) -> None:
    _print_problems(doubts, (), terminal)
    if doubts:
        terminal.say("cli.doubts", found=len(doubts))


def _compared(before: Release, after: Release, terminal: Terminal) -> tuple[Difference, ...]:
    """The differences, each printed as a line."""
    diffs = differences(before, after)
    for diff in diffs:
        added, changed, removed = diff.counts
        name = title(diff.table, terminal.words.lang)
        terminal.say("cli.difference", table=name, added=added, changed=changed, removed=removed)
    if not diffs:
        terminal.say("cli.no_difference")
    return diffs


def _print_readings(intake: Intake, terminal: Terminal) -> None:
    names = {file.table: file.label for file in intake.files}
    for reading in intake.read_as:
        text = read_as(reading, terminal.words)
        terminal.say("cli.cell", file=names[reading.table], row=str(reading.row), column=reading.column, said=text)


def _print_problems(problems: Sequence[Problem], files: Sequence[FileReport], terminal: Terminal) -> None:
    names = {file.table: file.label for file in files}
    for problem in problems:
        terminal.line(line(problem, terminal.words, names.get(problem.table, "")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], ask=input if sys.stdin.isatty() else None))
