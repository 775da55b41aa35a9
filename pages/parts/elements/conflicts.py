"""Conflicts between sources as HTML: the rows used beside those that contradict them, each with its source and the reason."""

from html import escape
from itertools import islice

from metrics.schema.release import Release, cached_by_release
from metrics.verification.evidence import Contradiction, contradictions
from pages.parts.elements.row_text import content, reader, standing, subject
from pages.parts.shell.selection import View
from publishing.files.downloads import title

AT_ONCE = 80
"""Facts shown at first, and added with each click on "more"."""
UNSAID = ("primary", "conflict")
"""Standings that the two columns imply."""


@cached_by_release()
def facts_html(release: Release, lang: str, table: str, most: int) -> str:
    """The first facts as HTML, the same for every reader of a release and language."""
    facts = (fact for fact in contradictions(release) if table in ("", fact.table))
    return "".join(_fact(reader(release, lang), fact) for fact in islice(facts, most))


def _fact(view: View, fact: Contradiction) -> str:
    """One fact as three cells: its subject, the rows used, the rows that contradict them."""
    used, against = fact.used.to_dict("records"), fact.otherwise.to_dict("records")
    name = subject(view, fact.table, (used or against)[0])
    kind = escape(title(fact.table, view.selection.lang))
    none = f'<p class="when">{escape(view.words.t("sources.none_used"))}</p>'
    return (
        f'<div class="fact"><div><b>{name}</b><span class="when">{kind}</span></div>'
        f"<div>{_rows(view, fact.table, used) or none}</div><div>{_rows(view, fact.table, against)}</div></div>"
    )


def _rows(view: View, table: str, rows: list[dict]) -> str:
    return "".join(f"<p>{escape(content(view, table, row))}{standing(view, row, UNSAID)}</p>" for row in rows)
