"""The static edition at a terminal: `python -m baking --release 12 --out site/`."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from baking.site import bake
from languages import LANGUAGES
from metrics.schema.dates import FIRST_SHOWN
from metrics.schema.release import Release
from publishing.progress_bar import bar
from publishing.store.errors import DashboardError
from publishing.store.release_cache import current_release, current_store
from publishing.store.releases import today_at_home
from wording import Words, spoken, words

DONE, FAILED = 0, 1
"""Exit codes."""


def of_store(number: int | None) -> Release:
    """The release of a number, or the newest; never what a dashboard falls back on while its store is away. Raises DashboardError."""
    return current_release(number or max(current_store().digests()))


def a_minute() -> None:
    """Wait until the newest release is looked for again."""
    time.sleep(60)


def main(
    arguments: Sequence[str],
    out: TextIO = sys.stdout,
    err: TextIO = sys.stderr,
    surroundings: Mapping[str, str] = os.environ,
    source: Callable[[int | None], Release] = of_store,
    wait: Callable[[], object] = a_minute,
) -> int:
    """Bake an edition and return DONE or FAILED; with --follow another for each new release and day, without end.

    Raises SystemExit for invalid arguments.
    """
    text = words(spoken(arguments, surroundings))
    parser = _parser(text)
    options = parser.parse_args(arguments)
    baked: tuple | None = None
    while True:
        try:
            release = source(options.release)
            today = today_at_home(release)
            if baked != (baked := (release.number, release.digest, today)):
                day = _day(parser, options.as_of, text, today)
                edition = bake(release, options.out, day, today, options.base, bar(err))
                print(text.t("report.cli_written", file=str(edition), number=str(release.number), day=day), file=out)
            code = DONE
        except (DashboardError, OSError) as failed:
            baked, code = None, FAILED
            told = failed.sentence(text) if isinstance(failed, DashboardError) else f"{failed.filename}: {failed.strerror}"
            print(told, file=err)
        if not options.follow:
            return code
        wait()


def _parser(text: Words) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m baking", description=text.t("bake.cli"), allow_abbrev=False)
    parser.add_argument("--lang", choices=LANGUAGES, help=text.t("cli.help.lang"))
    parser.add_argument("--release", type=int, metavar="N", help=text.t("bake.cli_release"))
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help=text.t("bake.cli_out"))
    parser.add_argument("--base", default="", metavar="URL", help=text.t("bake.cli_base"))
    parser.add_argument("--as-of", metavar="DATE", help=text.t("report.cli_as_of"))
    parser.add_argument("--follow", action="store_true", help=text.t("bake.cli_follow"))
    return parser


def _day(parser: argparse.ArgumentParser, asked: str | None, text: Words, today: date) -> date:
    """The as-of date of the option, today without one."""
    try:
        day = date.fromisoformat(asked) if asked else today
    except ValueError:
        day = date.min
    if not FIRST_SHOWN <= day <= today:
        parser.error(text.t("report.cli_day", text=asked, first=FIRST_SHOWN, last=today))
    return day


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
