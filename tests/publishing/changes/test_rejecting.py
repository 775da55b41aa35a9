"""Changes of a draft that are taken back one by one: what is taken back is as it was, and the rest stays."""

import pytest

from publishing.changes.rejecting import single_changes, without
from publishing.changes.review import differences
from publishing.changes.rows import raw, with_row, without_row
from publishing.store.releases import candidate
from tests.worlds import own_data


def draft():
    """Each kind of change in two tables: cells, an added row, a removed one, and one of another key."""
    acts, counts = raw(own_data(), "agreements"), raw(own_data(), "published_counts")
    acts = acts.assign(signed=acts["signed"].where(acts.index != 0, "1969"), valid_until=acts["valid_until"].where(acts.index != 0, "2030"))
    acts = with_row(without_row(acts, 5), acts.iloc[[7]].assign(agreement_id="new", role="other"), None)
    counts = counts.assign(count_id=counts["count_id"].where(counts.index != 3, "renamed"))
    return {"agreements": acts, "published_counts": counts}


def test_each_change_is_named_once():
    made = candidate(own_data(), draft())[0]
    kinds = [(change.table, change.kind) for change in single_changes(own_data(), made)]
    assert sorted(kinds) == sorted([
        ("agreements", "added"), ("agreements", "removed"), *[("agreements", "changed")] * 2, ("published_counts", "rekeyed"),
    ])  # fmt: skip


@pytest.mark.parametrize("at", range(5))
def test_one_change_is_taken_back_and_the_others_stay(at):
    tables = draft()
    changes = single_changes(own_data(), candidate(own_data(), tables)[0])
    left = candidate(own_data(), without(own_data(), tables, [changes[at]]))[0]
    assert set(single_changes(own_data(), left)) == {*changes} - {changes[at]}


def test_without_any_change_the_data_are_those_of_the_base():
    tables = draft()
    changes = single_changes(own_data(), candidate(own_data(), tables)[0])
    again = candidate(own_data(), without(own_data(), tables, changes))[0]
    assert differences(own_data(), again) == ()
