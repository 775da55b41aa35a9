"""A figure's traces as files draw them: each in one colour and as faint as it is said to be. Draws nothing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from charts.theme import fade

Trace = dict[str, Any]


def one_look(data: Iterable[Trace]) -> list[Trace]:
    """The traces, one whose marks have colours of their own as one trace a colour; none of those passed in is changed."""
    return [_faint(part) for trace in data for part in _parts(trace)]


def _parts(trace: Trace) -> Iterator[Trace]:
    hues = _hues(trace.get("marker", {})) if trace["type"] == "scatter" else []
    if not hues:
        yield trace
    for hue in dict.fromkeys(hues):
        own = [at for at, other in enumerate(hues) if other == hue]
        kept = {name: [trace[name][at] for at in own] for name in ("x", "y")}
        yield _coloured(trace | kept, trace["marker"], own[0])


def _hues(marker: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """Fill and edge of each mark; none where all have the same."""
    fill, edge = marker.get("color"), marker.get("line", {}).get("color")
    many = max((len(hue) for hue in (fill, edge) if isinstance(hue, list)), default=0)
    return [(_at(fill, at), _at(edge, at)) for at in range(many)]


def _at(hue: Any, at: int) -> Any:
    return hue[at] if isinstance(hue, list) else hue


def _coloured(trace: Trace, marker: Mapping[str, Any], at: int) -> Trace:
    line = marker.get("line", {})
    edged = line | {"color": _at(line["color"], at)} if "color" in line else line
    return trace | {"marker": {**marker, "color": _at(marker.get("color"), at), "line": edged}}


def _faint(trace: Trace) -> Trace:
    """A line with its opacity in its colour."""
    if "opacity" not in trace or "line" not in trace:
        return trace
    return trace | {"line": trace["line"] | {"color": fade(trace["line"]["color"], trace["opacity"])}}
