"""Kinds of tie as a reader meets them: their dots on maps, in legends and in lists, and the sentences that name them."""

from collections.abc import Collection, Mapping

from charts.map import Kind, legend
from metrics.schema.release import Release, cached_by_release
from metrics.schema.vocabulary import partner_kinds, tie_kinds
from pages.parts.shell.selection import View
from wording import IN_SENTENCES, Words

ENDED = ":ended"
"""The kind of dot of a tie that has ended; no code of the city's begins so."""
SHAPES = {
    "ringed": "background:{0};box-shadow:0 0 0 3px color-mix(in srgb,{0} 25%,transparent)",
    "filled": "background:{0}",
    "cored": "background:radial-gradient(circle,{0} 30%,transparent 34%);border:2px solid {0};box-sizing:border-box",
    "hollow": "border:2px solid {0};box-sizing:border-box",
}


def dot(colour: str, shape: str, size: float = 11) -> str:
    """The style of a dot of a legend or a list."""
    return f"width:{size}px;height:{size}px;{SHAPES[shape].format(colour)}"


def dot_html(view: View, kind: str, shape: str = "") -> str:
    """The dot of a kind of tie, or of an ended one, in a list, in a shape or in its own; "" for anything else."""
    tie = tie_kinds(view.release).get(kind)
    if tie is None and kind != ENDED:
        return ""
    colour, filled = (tie.colour, tie.counts) if tie else ("grey", False)
    return f'<i style="{SHAPES[shape or ("filled" if filled else "hollow")].format(f"var(--{colour})")}"></i>'


@cached_by_release()
def map_kinds(release: Release) -> tuple[Kind, ...]:
    """How each kind of tie is drawn on a map, in drawing order: the first of the table lies above the others, ended ones below."""
    kinds = (Kind(kind.code, kind.colour, kind.counts, 5.5 if kind.counts else 4.5) for kind in tie_kinds(release).values())
    return (Kind(ENDED, "grey", False, 4.5), *reversed(tuple(kinds)))


def tie_legend(view: View, kinds: Collection[str]) -> list[tuple[str, str, str]]:
    """(word, colour, shape) of the home city's dot, and of those of some kinds."""
    names = {"home": view.words.t("chart.map_home", city=view.home_name), ENDED: view.words.t("chart.map_ended")}
    dots = legend(view.palette, [kind for kind in map_kinds(view.release) if kind.type in kinds])
    return [(names.get(kind) if at == 0 or kind == ENDED else view.words.of("tie", kind), *look) for at, (kind, *look) in enumerate(dots)]


def only_standard(view: View) -> bool:
    """Whether sister and friendship cities, by these names, are all the partners that there are."""
    return set(partner_kinds(view.release)) == set(IN_SENTENCES) and view.words.has_sentences(*IN_SENTENCES)


def count_of(words: Words, kind: str, n: float) -> str:
    """So many partners of a kind: 12 sister cities, or the kind and its number."""
    return words.n(f"count.{kind}_cities", n) if words.has_sentences(kind) else words.t("count.of_kind", kind=words.of("tie", kind), n=n)


def counts_of(words: Words, kinds: Mapping[str, float]) -> str:
    """The number of partners of each kind that has any, between commas."""
    return ", ".join(count_of(words, kind, n) for kind, n in kinds.items() if n)
