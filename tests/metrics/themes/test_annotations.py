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


def days_of(*chosen: str, on: date = ON) -> dict:
    return {note.id: (note.first, note.last) for note in noted(world(annotations=ROWS), on, chosen)}


def test_a_term_lasts_to_its_last_day_and_one_that_goes_on_to_the_date():
    assert days_of("term") == {"first": (date(2011, 10, 1), date(2020, 7, 31)), "second": (date(2021, 4, 8), ON)}


def test_a_moment_is_one_day_and_a_vague_one_the_middle_of_what_it_allows():
    """1 January 2015 and 364 / 2 = 182 days: the middle of the year is 2 July."""
    assert days_of("plan", "epidemic")["plan"] == (date(2017, 4, 1), date(2017, 4, 1))
    assert days_of("epidemic")["mers"] == (date(2015, 7, 2), date(2015, 7, 2))


def test_what_lasted_long_comes_first_and_then_by_kind_and_day():
    assert list(days_of("epidemic", "plan", "term")) == ["first", "second", "plan", "mers", "summit"]


def test_nothing_is_shown_before_it_began_and_of_a_vague_moment_no_day_after_the_date():
    assert list(days_of("term", "plan", on=date(2017, 3, 31))) == ["first"]
    assert days_of("epidemic", on=date(2015, 3, 1)) == {"mers": (date(2015, 3, 1), date(2015, 3, 1))}


def test_sixty_days_are_not_long_and_what_begins_on_the_date_is_shown():
    rows = HEAD + "long,term,2020-01-01,2020-03-02,yes,s\nshort,term,2019-01-01,2019-03-02,yes,s\nnow,plan,2026-01-01,,no,s\n"
    # 2020 is a leap year: 61 days after 1 January is 2 March; in 2019 it is 60.
    assert [note.id for note in noted(world(annotations=rows), ON, ("term", "plan"))] == ["long", "short", "now"]


def test_what_is_covered_to_the_date_goes_on_for_sure():
    covered = "theme,until,note_en,note_ko\nannotations,{},Looked through,확인함\n"
    known = [noted(world(annotations=ROWS, coverage=covered.format(day)), ON, ("term",)) for day in ("2026-01-01", "2025-12-31")]
    assert [next(note.perhaps for note in notes if note.id == "second") for notes in known] == [None, ON]


def test_kinds_are_those_that_a_release_has_in_the_order_of_their_declaration():
    assert kinds(world(annotations=ROWS)) == tuple(kind for kind in NOTE_KINDS if kind in ("term", "plan", "epidemic"))
    assert kinds(world()) == ()


def test_what_has_no_end_on_record_is_known_to_the_last_covered_day_and_from_there_perhaps():
    covered = "theme,until,note_en,note_ko\nannotations,2025-10-02,Looked through,확인함\n"
    by_id = {by_id.id: by_id for by_id in noted(world(annotations=ROWS, coverage=covered), ON, ("term",))}
    assert (by_id["second"].last, by_id["second"].perhaps) == (date(2025, 10, 2), ON)
    assert by_id["first"].perhaps is None


def test_the_band_of_the_mayor_does_not_run_past_what_the_sources_tell():
    note = {note.id: note for note in noted(current_release(), date(2026, 11, 29), ("term",))}["term-2021"]
    assert (note.last, note.perhaps) == (date(2025, 10, 2), date(2026, 11, 29))
