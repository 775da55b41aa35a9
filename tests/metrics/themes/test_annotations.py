"""What happened around the figures: which of it is shown on a date, for how long, in which order."""

from datetime import date

from metrics.schema.tables import NOTE_KINDS
from metrics.themes.annotations import kinds, noted
from publishing.store.release_cache import current_release
from tests.worlds import world

HEAD = "annotation_id,kind,start,end,lasting,source_id\n"
ROWS = HEAD + (
    "first,term,2011-10,2020-07,yes,s\nsecond,term,2021-04-08,,yes,s\nplan,plan,2017-04-01,,no,s\n"
    "mers,epidemic,2015,,no,s\nsummit,epidemic,2020-06-01,2020-06-05,yes,s\n"
)
ON = date(2026, 1, 1)


def found(*chosen: str, on: date = ON) -> dict:
    return {one.id: (one.first, one.last) for one in noted(world(annotations=ROWS), on, chosen)}


def test_a_term_lasts_to_its_last_day_and_one_that_goes_on_to_the_date():
    assert found("term") == {"first": (date(2011, 10, 1), date(2020, 7, 31)), "second": (date(2021, 4, 8), ON)}


def test_a_moment_is_one_day_and_a_vague_one_the_middle_of_what_it_allows():
    """1 January 2015 and 364 / 2 = 182 days: the middle of the year is 2 July."""
    assert found("plan", "epidemic")["plan"] == (date(2017, 4, 1), date(2017, 4, 1))
    assert found("epidemic")["mers"] == (date(2015, 7, 2), date(2015, 7, 2))


def test_what_lasted_long_comes_first_and_then_by_kind_and_day():
    assert list(found("epidemic", "plan", "term")) == ["first", "second", "plan", "mers", "summit"]


def test_nothing_is_shown_before_it_began_and_of_a_vague_moment_no_day_after_the_date():
    assert list(found("term", "plan", on=date(2017, 3, 31))) == ["first"]
    assert found("epidemic", on=date(2015, 3, 1)) == {"mers": (date(2015, 3, 1), date(2015, 3, 1))}


def test_kinds_are_those_that_a_release_has_in_the_order_of_their_declaration():
    assert kinds(world(annotations=ROWS)) == tuple(kind for kind in NOTE_KINDS if kind in ("term", "plan", "epidemic"))
    assert kinds(world()) == ()


def test_what_has_no_end_on_record_is_known_to_the_last_covered_day_and_from_there_perhaps():
    covered = "theme,until,note_en,note_ko\nannotations,2025-10-02,Looked through,확인함\n"
    one = {one.id: one for one in noted(world(annotations=ROWS, coverage=covered), ON, ("term",))}
    assert (one["second"].last, one["second"].perhaps) == (date(2025, 10, 2), ON)
    assert one["first"].perhaps is None


def test_the_band_of_the_mayor_does_not_run_past_what_the_sources_tell():
    one = {one.id: one for one in noted(current_release(), date(2026, 11, 29), ("term",))}["term-2021"]
    assert (one.last, one.perhaps) == (date(2025, 10, 2), date(2026, 11, 29))
