"""Refusals are told sparingly, and an audit that cannot be written breaks nothing."""

from datetime import UTC, datetime, timedelta

from publishing.telling import AT_MOST, Refusals


def test_the_same_refusal_is_told_once_a_minute_and_of_nobody_by_address():
    now, told = [datetime(2026, 11, 25, tzinfo=UTC)], []
    refusals = Refusals(lambda act, who, **about: told.append((act, who, about["path"])), lambda: now[0])
    for who, path, peer in (("a", "/x", "1"), ("a", "/x", "2"), ("a", "/y", "1"), ("", "/x", "1"), ("", "/x", "2"), ("", "/x", "2")):
        refusals.of(who, path, peer)
    assert told == [("refused", "a", "/x"), ("refused", "a", "/y"), ("refused", "", "/x"), ("refused", "", "/x")]
    now[0] += timedelta(minutes=1)
    refusals.of("a", "/x", "1")
    assert len(told) == 5


def test_nobody_fills_the_store_by_knocking_at_many_doors():
    told = []
    refusals = Refusals(lambda *act, **about: told.append(about["path"]), lambda: datetime(2026, 11, 25, tzinfo=UTC))
    for number in range(AT_MOST + 20):
        refusals.of("", f"/{number}" + "x" * 1000)
    assert len(told) == AT_MOST
    assert max(map(len, told)) == 200
