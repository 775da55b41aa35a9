"""Whatever a reading says of itself is a sentence with its figures, in every language."""

from datetime import date

import pytest

from metrics.indicators.registry import readings
from publishing.store.release_cache import current_release
from tests.worlds import EMPTY, ONE_ROW, world
from wording import LANGUAGES, words

DAYS = [date(1960, 1, 1), date(2012, 6, 30), date(2014, 12, 31), date(2018, 6, 1), date(2020, 12, 31), date(2026, 11, 22)]
WORLDS = {"nothing": world(**EMPTY), "a row of each": world(**ONE_ROW), "the real data": current_release()}


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_formula_of_a_reading_is_a_sentence_with_its_figures(lang, name):
    for on in DAYS:
        for reading in readings(WORLDS[name], on):
            reasons = [reading.previous.reason] if reading.previous and reading.previous.reason else []
            for formula in (reading.formula, *reading.conflicts, *reasons):
                assert not words(lang).formula(formula).startswith("formula."), formula
