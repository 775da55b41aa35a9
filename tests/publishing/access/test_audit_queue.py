"""Refusals are told sparingly, and an audit that cannot be written breaks nothing."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from publishing.access.audit_log import AT_MOST, Refusals


def test_the_same_refusal_is_told_once_a_minute_and_of_nobody_by_address():
    now, calls = [datetime(2026, 11, 25, tzinfo=UTC)], []
    refusals = Refusals(lambda act, who, **about: calls.append((act, who, about["path"])), lambda: now[0])
    for who, path, peer in (("a", "/x", "1"), ("a", "/x", "2"), ("a", "/y", "1"), ("", "/x", "1"), ("", "/x", "2"), ("", "/x", "2")):
        refusals.of(who, path, peer)
    assert calls == [("refused", "a", "/x"), ("refused", "a", "/y"), ("refused", "", "/x"), ("refused", "", "/x")]
    now[0] += timedelta(minutes=1)
    refusals.of("a", "/x", "1")
    assert len(calls) == 5


def test_refusals_of_many_paths_are_rate_limited():
    calls = []
    refusals = Refusals(lambda *act, **about: calls.append(about["path"]), lambda: datetime(2026, 11, 25, tzinfo=UTC))
    for number in range(AT_MOST + 20):
        refusals.of("", f"/{number}" + "x" * 1000)
    assert len(calls) == AT_MOST
    assert max(map(len, calls)) == 200


@pytest.fixture
def hurried():
    """Threads that interrupt each other all the time."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_pages_that_refuse_at_once_tell_each_refusal_once_and_of_no_more_than_that(hurried):
    calls = []
    refusals = Refusals(lambda *act, **about: calls.append(about["path"]), lambda: datetime(2026, 11, 25, tzinfo=UTC))
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda number: refusals.of("", f"/{number // 4}"), range(16 * AT_MOST)))
    assert len(calls) == len(set(calls)) == AT_MOST
