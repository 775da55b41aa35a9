"""A draft on top of a newer release: nothing that either side did is lost unseen."""

import pytest

from metrics.schema.checks import typed
from metrics.schema.release import Release
from publishing.changes.review import keys
from publishing.changes.rows import raw, rebased, with_row, without_row
from tests.worlds import world

BASE = world(
    networks="network_id,name_en,name_ko,source_id\na,A,가,s\nb,B,나,s\nc,C,다,s\n",
)


def release(change) -> Release:
    """The base with its networks changed, as text."""
    rows = change(raw(BASE, "networks"))
    return Release(0, "", {**BASE.tables, "networks": typed("networks", rows)[0]})


def adding(key):
    return lambda rows: with_row(rows, rows.iloc[[0]].assign(network_id=key), None)


def naming(place, name):
    return lambda rows: with_row(rows, rows.iloc[[place]].assign(name_en=name), place)


def removing(place):
    return lambda rows: without_row(rows, place)


def same(rows):
    return rows


def brought(mine, theirs):
    """The networks that come out (key and English name), and what is overwritten (key, column, theirs, ours)."""
    result = rebased(BASE, release(mine), release(theirs), ["networks"])
    rows = result.tables["networks"]
    lost = result.overwritten.drop(columns="table")
    return dict(zip(keys("networks", rows), rows["name_en"], strict=True)), [tuple(line) for line in lost.to_numpy()]


ALL = {"a": "A", "b": "B", "c": "C"}


@pytest.mark.parametrize(
    "mine, theirs, rows, lost",
    [
        (same, same, ALL, []),
        (adding("d"), same, ALL | {"d": "A"}, []),
        (same, adding("d"), ALL | {"d": "A"}, []),
        (adding("d"), adding("e"), ALL | {"e": "A", "d": "A"}, []),
        (naming(0, "Mine"), naming(1, "Theirs"), {"a": "Mine", "b": "Theirs", "c": "C"}, []),
        (naming(0, "Both"), naming(0, "Both"), ALL | {"a": "Both"}, []),
        (naming(0, "Mine"), naming(0, "Theirs"), ALL | {"a": "Mine"}, [("a", "name_en", "Theirs", "Mine")]),
        (removing(0), same, {"b": "B", "c": "C"}, []),
        (same, removing(0), {"b": "B", "c": "C"}, []),
        (removing(0), removing(1), {"c": "C"}, []),
        (removing(0), naming(0, "Theirs"), {"b": "B", "c": "C"}, [("a", "", "a", "")]),
        (naming(0, "Mine"), removing(0), {"b": "B", "c": "C", "a": "Mine"}, [("a", "", "", "a")]),
    ],
)
def test_what_only_one_side_changed_stays_and_where_both_did_the_draft_wins_and_says_so(mine, theirs, rows, lost):
    assert brought(mine, theirs) == (rows, lost)


def adding_as(name):
    return lambda rows: with_row(rows, rows.iloc[[0]].assign(network_id="d", name_en=name), None)


def test_new_rows_of_one_key_are_told_cell_by_cell():
    assert brought(adding_as("Mine"), adding_as("Theirs")) == (ALL | {"d": "Mine"}, [("d", "name_en", "Theirs", "Mine")])


def test_no_release_is_changed():
    before = BASE.tables["networks"].copy()
    brought(adding("d"), removing(0))
    assert BASE.tables["networks"].equals(before)
