"""Files at a terminal: the overview on one page, of today and the release in force, or the briefing of a link.

`python -m pages.parts.briefing --to overview.pdf`; `--briefing LINK --to visit.pptx`.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TextIO
from urllib.parse import parse_qsl, urlsplit

from exports.pdf.handout import one_page
from languages import LANGUAGES
from metrics.schema.release import Release
from pages.parts.briefing.downloads import FILES, FileRequest, file_content
from pages.parts.briefing.overview_sheet import overview_sheet
from pages.parts.briefing.slide_words import display_title
from pages.parts.briefing.slides import notices_of
from pages.parts.shell.selection import View, known, parse
from pages.parts.shell.view import release_day
from publishing.desk.briefings import Outline, decode, saved
from publishing.store.errors import DashboardError
from publishing.store.release_cache import current_store, pinned_release
from publishing.store.releases import today_at_home
from wording import Words, spoken, words

DONE, FAILED = 0, 1
"""Exit codes."""
ENDINGS = {f".{kind.replace('_', '.')}": kind for kind in FILES}
"""The kind of file by the end of its name, as on the page of briefings."""


def main(
    arguments: Sequence[str],
    out: TextIO = sys.stdout,
    surroundings: Mapping[str, str] = os.environ,
    source: Callable[[], Release] = lambda: current_store().in_force(),
) -> int:
    """Write the file and return DONE, or FAILED with the reason. Raises SystemExit for invalid arguments."""
    text = words(spoken(arguments, surroundings))
    parser = _parser(text)
    options = parser.parse_args(arguments)
    query = dict(parse_qsl(urlsplit(options.briefing or "").query))
    endings = ENDINGS if options.briefing else {".pdf": "pdf"}
    ending = max((end for end in endings if options.to.name.endswith(end)), key=len, default="")
    if not ending:
        parser.error(text.t("briefing.cli_ending", names=", ".join(endings)))
    try:
        release = pinned_release(query["release"]) if query.get("release") else source()
        view, outline = _view(query, release, text.lang), _outline(query)
        if options.briefing and outline is None:
            parser.error(text.t("briefing.no_link"))
        options.to.write_bytes(_content(view, endings[ending], outline))
    except OSError as closed:
        parser.error(f"{closed.filename}: {closed.strerror}")
    except DashboardError as refused:
        print(refused.sentence(text), file=out)
        return FAILED
    for line in (*_notices(view, outline), _written(view, options.to)):
        print(line, file=out)
    return DONE


def _parser(text: Words) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pages.parts.briefing", description=text.t("overview.cli"), allow_abbrev=False)
    parser.add_argument("--lang", choices=LANGUAGES, help=text.t("cli.help.lang"))
    parser.add_argument("--briefing", metavar="LINK", help=text.t("briefing.cli_link"))
    parser.add_argument("--to", type=Path, metavar="FILE", required=True, help=text.t("overview.cli_to"))
    return parser


def _view(query: Mapping[str, str], release: Release, lang: str) -> View:
    """The view of a link, in its language if it has one."""
    today = release_day(release) if query.get("release") else today_at_home(release)
    selection, notices = parse({"lang": lang} | query, today, "", *known(release), offered=LANGUAGES)
    return View(selection, notices, release, "light", today)


def _outline(query: Mapping[str, str]) -> Outline | None:
    """The slides in a link, or those of the saved briefing that it names; None without either."""
    if id := query.get("saved"):
        return decode(query.get("slides", "")) or saved(current_store(), id).outline
    return decode(query.get("slides", ""))


def _content(view: View, kind: str, outline: Outline | None) -> bytes:
    if outline is None:
        return one_page(overview_sheet(view), view.words)
    return file_content(FileRequest(kind, view, outline, display_title(view, outline)), lambda done, of: None)


def _notices(view: View, outline: Outline | None) -> Iterator[str]:
    """What of the link could not be used."""
    yield from (view.words.t(notice.key, shown=notice.value) for notice in view.notices)
    yield from notices_of(view, outline) if outline else ()


def _written(view: View, file: Path) -> str:
    return view.words.t("report.cli_written", file=str(file), number=str(view.release.number), day=view.selection.as_of)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
