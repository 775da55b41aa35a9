"""What every test of a chart needs: words that show their key and fields, and the light palette."""

from datetime import date

import pytest

from charts.theme import Palette, palette


class SpokenWords:
    """Words that write a message as its key and fields, so that a test sees what a chart asked for."""

    def t(self, key: str, **fields: object) -> str:
        return f"{key} {fields}"

    def number(self, value: float) -> str:
        return f"{value:g}"

    def money(self, amount: float, currency: str) -> str:
        return f"{currency} {amount / 1e9:g} bn"

    def year(self, year: int) -> str:
        return f"FY{year}"

    fiscal_year = year

    def day(self, value: date) -> str:
        return f"<{value.isoformat()}>"


@pytest.fixture
def words() -> SpokenWords:
    return SpokenWords()


@pytest.fixture
def light() -> Palette:
    return palette("light")
