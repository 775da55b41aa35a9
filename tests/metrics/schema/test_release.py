"""What is worked out of a release is kept with it and goes with it."""

from gc import collect
from weakref import ref

from metrics.schema.release import Release, cached_by_release, cached_comparison


def release(number: int = 1) -> Release:
    return Release(number, "digest", {})


def test_a_result_is_worked_out_once_a_release_and_argument():
    calls = []

    @cached_by_release(at=1)
    def length(text: str, of: Release) -> int:
        calls.append((text, of.number))
        return len(text)

    first, second = release(1), release(2)
    assert [length(text, of) for text in ("a", "bb") for of in (first, second, first)] == [1, 1, 1, 2, 2, 2]
    assert calls == [("a", 1), ("a", 2), ("bb", 1), ("bb", 2)]


def test_no_more_results_are_kept_than_were_asked_for():
    calls = []

    @cached_by_release(2)
    def sign(of: Release, number: int) -> int:
        calls.append(number)
        return number

    only = release()
    for number in (1, 2, 3, 3, 1):
        sign(only, number)
    assert calls == [1, 2, 3, 1]


def test_a_result_that_leads_back_to_its_release_does_not_keep_it():
    @cached_by_release()
    def itself(of: Release) -> tuple[Release]:
        return (of,)

    only = release()
    itself(only)
    reference = ref(only)
    del only
    collect()
    assert reference() is None


def test_a_comparison_is_made_once_and_keeps_none_of_its_releases():
    calls = []

    @cached_comparison
    def numbers(*releases: Release) -> list[int]:
        calls.append(len(releases))
        return [item.number for item in releases]

    releases = [release(number) for number in range(3)]
    assert numbers(*releases) == numbers(*releases) == [0, 1, 2]
    assert numbers(*releases[::-1]) == [2, 1, 0]
    assert calls == [3, 3]
    while len(releases) > 1:
        reference = ref(releases.pop())
        collect()
        assert reference() is None
