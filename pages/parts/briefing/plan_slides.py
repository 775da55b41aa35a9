"""The plan as slides: how its measures ended, each measure in a table, the index. Must not draw anything."""

from functools import lru_cache

from exports.slides import Slide, Table, Text
from pages.parts.elements.figures import Nothing
from pages.parts.elements.slide_pieces import chart, figure_slide, plain, sources
from pages.parts.plan.plan import companion, glance, has_index, headline, known, ledger
from pages.parts.shell.selection import View


@lru_cache(maxsize=64)
def outcomes(view: View) -> Slide:
    """How the measures of the plan ended: a mark each."""
    said = plain(headline(view))
    if not known(view):
        return Slide("", said, (Text((view.words.t("plan.none"),)),))
    shown = glance(view)
    return Slide("", said, (chart(view, shown),), sources=sources(view, shown.sources))


@lru_cache(maxsize=64)
def measures(view: View) -> Slide:
    """Every measure with its direction, when it was due, its outcome and the last known fact."""
    words, rows = view.words, ledger(view)
    if not len(rows):
        return Slide("", plain(headline(view)), (Text((words.t("plan.none"),)),))
    rows = rows[["direction", "measure", "due", "outcome", "last_known"]]
    heads = tuple(words.of("column", column) for column in rows.columns)
    table = Table(words.t("plan.glance_measure"), heads, tuple(tuple(row) for row in rows.itertuples(index=False)))
    return Slide("", glance(view).title, (table,), sources=sources(view, glance(view).sources))


@lru_cache(maxsize=64)
def index(view: View) -> Slide:
    """The index that the city showed the forum of mayors, published beside recomputed."""
    none = view.words.t("newest.none")
    return figure_slide(view, companion(view) if has_index(view) else Nothing("", none, none))
