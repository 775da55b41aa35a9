"""Evidence at a terminal: `python -m exports verify FILE`. Reads the line and says what came of it; checks nothing itself."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from exports.evidence.evidence import COMMAND
from exports.evidence.verifying import Checked, verify
from wording import LANGUAGES, Words, spoken, words

WHOLE, FAULTS, USAGE = 0, 1, 2
"""What the command returns to the shell."""
SAID_AT_MOST = 50
"""Faults that are told one by one."""


def main(arguments: Sequence[str], out: TextIO = sys.stdout, surroundings: Mapping[str, str] = os.environ) -> int:
    """Do what a line asks for and return WHOLE or FAULTS. Raises SystemExit with USAGE for a line that makes no sense."""
    told = words(spoken(arguments, surroundings))
    parser = _parser(told)
    asked = parser.parse_args(arguments)
    try:
        checked = verify(asked.file)
    except OSError as closed:
        parser.error(f"{asked.file}: {closed.strerror}")
    for line in _said(checked, told):
        # What a name may hold to move the cursor or colour the terminal is left out.
        print("".join(letter for letter in line if letter.isprintable()), file=out)
    return FAULTS if checked.faults else WHOLE


def _parser(told: Words) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m exports", description=told.t("evidence.cli_about"), allow_abbrev=False)
    parser.add_argument("--lang", choices=LANGUAGES, help=told.t("cli.help.lang"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser(COMMAND.split()[-1], help=told.t("evidence.cli_verify"), description=told.t("evidence.cli_verify"))
    check.add_argument("file", type=Path, metavar="FILE", help=told.t("evidence.cli_file"))
    return parser


def _said(checked: Checked, told: Words) -> list[str]:
    faults = [told.t(f"evidence.fault_{fault.kind}", **fault.fields) for fault in checked.faults]
    if faults:
        more = len(faults) - SAID_AT_MOST
        return [*faults[:SAID_AT_MOST], *([told.n("evidence.more_faults", more)] if more > 0 else [])]
    release = told.t("evidence.digest_given", number=str(checked.release), digest=checked.digest) if checked.digest else ""
    return [told.n("evidence.whole", checked.files), release or told.t("evidence.digest_open")]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
