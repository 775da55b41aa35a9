"""Evidence and the report at a terminal: `python -m exports verify FILE`, `python -m exports report --to FILE`.

Reads the line, calls the same functions as the pages, and prints the result; checks and counts nothing itself.
"""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from exports.evidence.evidence import COMMAND
from exports.evidence.verification import Verification, verify
from exports.pdf.handout import handout
from exports.report.content import report
from exports.report.document import MissingStyles, document
from exports.slides import Briefing
from exports.templates import UnreadableTemplate
from languages import LANGUAGES
from metrics.schema.dates import FIRST_SHOWN
from metrics.schema.release import Release
from publishing.store.errors import DashboardError
from publishing.store.release_cache import current_store
from publishing.store.releases import today_at_home
from wording import Words, spoken, words, words_of

WHOLE, FAULTS, USAGE = 0, 1, 2
"""Exit codes."""
LISTED = 50
"""Most faults that are listed."""

Source = Callable[[], Release]
"""Gives the release that a report is made from."""


def in_force() -> Release:
    """The release in force in the store. Raises DashboardError."""
    return current_store().in_force()


def main(
    arguments: Sequence[str], out: TextIO = sys.stdout, surroundings: Mapping[str, str] = os.environ, source: Source = in_force
) -> int:
    """Run the command and return WHOLE or FAULTS. Raises SystemExit with USAGE for invalid arguments."""
    text = words(spoken(arguments, surroundings))
    options = _parser(text).parse_args(arguments)
    try:
        lines, code = options.act(options, text, source)
    except OSError as closed:
        options.refuse(f"{closed.filename}: {closed.strerror}")
    except DashboardError as refused:
        lines, code = [refused.sentence(text)], FAULTS
    for line in lines:
        # File names may hold control characters for the terminal.
        print("".join(letter for letter in line if letter.isprintable()), file=out)
    return code


def _parser(text: Words) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m exports", description=text.t("evidence.cli_about"), allow_abbrev=False)
    parser.add_argument("--lang", choices=LANGUAGES, help=text.t("cli.help.lang"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, about: str, act: Callable) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
        added.set_defaults(act=act, refuse=added.error)
        added.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=text.t("cli.help.lang"))
        return added

    check = command(COMMAND.split()[-1], text.t("evidence.cli_verify"), _verify)
    check.add_argument("file", type=Path, metavar="FILE", help=text.t("evidence.cli_file"))
    making = command("report", text.t("report.cli"), _write)
    making.add_argument("--to", type=Path, metavar="FILE", required=True, help=text.t("report.cli_to"))
    making.add_argument("--as-of", metavar="DATE", help=text.t("report.cli_as_of"))
    making.add_argument("--template", type=Path, metavar="FILE", help=text.t("report.cli_template"))
    return parser


Result = tuple[list[str], int]


def _verify(options: argparse.Namespace, text: Words, _source: Source) -> Result:
    result = verify(options.file)
    return _report(result, text), FAULTS if result.faults else WHOLE


def _write(options: argparse.Namespace, text: Words, source: Source) -> Result:
    """Write the report, in the language of the answers."""
    kind = options.to.suffix.lower()
    if kind not in (".docx", ".pdf"):
        options.refuse(f"--to: {text.t('report.cli_to')}")
    if options.template and kind == ".pdf":
        options.refuse(text.t("report.cli_template_pdf"))
    template, release = options.template.read_bytes() if options.template else b"", source()
    spoken_here = words_of(release, text.lang)
    made = report(release, _day(options, text, today_at_home(release)), spoken_here)
    content = _document(options, text, made, template) if kind == ".docx" else handout(made, spoken_here)
    options.to.write_bytes(content)
    return [text.t("report.cli_written", file=str(options.to), number=str(made.release), day=made.day)], WHOLE


def _document(options: argparse.Namespace, text: Words, made: Briefing, template: bytes) -> bytes:
    try:
        return document(made, text, template)
    except UnreadableTemplate:
        options.refuse(f"{options.template}: {text.t('report.template_unreadable')}")
    except MissingStyles as lacking:
        options.refuse(f"{options.template}: {text.t('report.template_styles', styles=', '.join(lacking.styles))}")
    raise AssertionError("a refusal ends the command")


def _day(options: argparse.Namespace, text: Words, today: date) -> date:
    """The as-of date of the option, today without one."""
    try:
        day = date.fromisoformat(options.as_of) if options.as_of else today
    except ValueError:
        day = date.min
    if not FIRST_SHOWN <= day <= today:
        options.refuse(text.t("report.cli_day", text=options.as_of, first=FIRST_SHOWN, last=today))
    return day


def _report(result: Verification, text: Words) -> list[str]:
    faults = [text.t(f"evidence.fault_{fault.kind}", **fault.fields) for fault in result.faults]
    if faults:
        more = len(faults) - LISTED
        return [*faults[:LISTED], *([text.n("evidence.more_faults", more)] if more > 0 else [])]
    release = text.t("evidence.digest_given", number=str(result.release), digest=result.digest) if result.digest else ""
    return [text.n("evidence.whole", result.files), release or text.t("evidence.digest_open")]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
