"""Evidence at a terminal: `python -m exports verify FILE`. Reads the line and prints the result; checks nothing itself."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from exports.evidence.evidence import COMMAND
from exports.evidence.verification import Verification, verify
from wording import LANGUAGES, Words, spoken, words

WHOLE, FAULTS, USAGE = 0, 1, 2
"""Exit codes."""
LISTED = 50
"""Most faults that are listed."""


def main(arguments: Sequence[str], out: TextIO = sys.stdout, surroundings: Mapping[str, str] = os.environ) -> int:
    """Run the command and return WHOLE or FAULTS. Raises SystemExit with USAGE for invalid arguments."""
    text = words(spoken(arguments, surroundings))
    parser = _parser(text)
    options = parser.parse_args(arguments)
    try:
        result = verify(options.file)
    except OSError as closed:
        parser.error(f"{options.file}: {closed.strerror}")
    for line in _report(result, text):
        # File names may hold control characters for the terminal.
        print("".join(letter for letter in line if letter.isprintable()), file=out)
    return FAULTS if result.faults else WHOLE


def _parser(text: Words) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m exports", description=text.t("evidence.cli_about"), allow_abbrev=False)
    parser.add_argument("--lang", choices=LANGUAGES, help=text.t("cli.help.lang"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser(COMMAND.split()[-1], help=text.t("evidence.cli_verify"), description=text.t("evidence.cli_verify"))
    check.add_argument("file", type=Path, metavar="FILE", help=text.t("evidence.cli_file"))
    return parser


def _report(result: Verification, text: Words) -> list[str]:
    faults = [text.t(f"evidence.fault_{fault.kind}", **fault.fields) for fault in result.faults]
    if faults:
        more = len(faults) - LISTED
        return [*faults[:LISTED], *([text.n("evidence.more_faults", more)] if more > 0 else [])]
    release = text.t("evidence.digest_given", number=str(result.release), digest=result.digest) if result.digest else ""
    return [text.n("evidence.whole", result.files), release or text.t("evidence.digest_open")]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
