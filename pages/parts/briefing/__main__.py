"""The overview as a PDF at a terminal, of the release in force and today: `python -m pages.parts.briefing --to overview.pdf`."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from exports.pdf.handout import one_page
from languages import LANGUAGES
from metrics.schema.release import Release
from pages.parts.briefing.overview_sheet import overview_sheet
from pages.parts.shell.selection import Selection, View
from publishing.store.errors import DashboardError
from publishing.store.release_cache import current_store
from publishing.store.releases import today_at_home
from wording import spoken, words

DONE, FAILED = 0, 1
"""Exit codes."""


def main(
    arguments: Sequence[str],
    out: TextIO = sys.stdout,
    surroundings: Mapping[str, str] = os.environ,
    source: Callable[[], Release] = lambda: current_store().in_force(),
) -> int:
    """Write the file and return DONE, or FAILED with the reason. Raises SystemExit for invalid arguments."""
    text = words(spoken(arguments, surroundings))
    parser = argparse.ArgumentParser(prog="python -m pages.parts.briefing", description=text.t("overview.cli"), allow_abbrev=False)
    parser.add_argument("--lang", choices=LANGUAGES, help=text.t("cli.help.lang"))
    parser.add_argument("--to", type=Path, metavar="FILE", required=True, help=text.t("overview.cli_to"))
    options = parser.parse_args(arguments)
    try:
        release = source()
        today = today_at_home(release)
        view = View(Selection(today, text.lang), (), release, "light", today)
        options.to.write_bytes(one_page(overview_sheet(view), view.words))
    except OSError as closed:
        parser.error(f"{closed.filename}: {closed.strerror}")
    except DashboardError as refused:
        print(refused.sentence(text), file=out)
        return FAILED
    print(text.t("report.cli_written", file=str(options.to), number=str(release.number), day=today), file=out)
    return DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
