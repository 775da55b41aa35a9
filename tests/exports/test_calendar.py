"""Due dates as a calendar: what is known to the day, once, under an id that stays."""

from datetime import date

import pytest
from icalendar import Calendar

from exports.calendar import calendar
from tests.worlds import ONE_ROW, world
from wording import words

ON = date(2025, 11, 1)


def events(release, lang="en") -> dict[str, date]:
    return {str(event["summary"]): event.start for event in Calendar.from_ical(calendar(release, ON, words(lang))).walk("VEVENT")}


@pytest.mark.parametrize("lang, text", [("en", "10 years of ties with London"), ("ko", "런던")])
def test_an_anniversary_of_a_known_day_is_in_the_calendar_and_one_of_a_month_is_not(lang, text):
    assert [day for summary, day in events(world(**ONE_ROW), lang).items() if text in summary] == [date(2025, 12, 4)]
    vague = ONE_ROW | {"agreements": ONE_ROW["agreements"].replace("2015-12-04", "2015-12")}
    assert not [summary for summary in events(world(**vague), lang) if text in summary]


def test_an_agreement_that_ends_is_in_the_calendar_and_its_id_stays_when_its_day_moves():
    def made(until: str) -> list:
        header, row = ONE_ROW["agreements"].splitlines()
        ends = ONE_ROW | {"agreements": f"{header},valid_until\n{row},{until}\n"}
        every = Calendar.from_ical(calendar(world(**ends), ON, words("en"))).walk("VEVENT")
        return [event for event in every if event["summary"] == "Agreement with London ends"]

    (first,), (moved,) = made("2025-12-31"), made("2026-01-31")
    assert (first.start, moved.start) == (date(2025, 12, 31), date(2026, 1, 31))
    assert first["uid"] == moved["uid"]
