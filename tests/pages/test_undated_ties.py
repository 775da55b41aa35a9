"""Partners of which no date is known, on every page that shows partners, in both languages."""

import pytest

from tests.drawn import lists, maps, plainly
from tests.worlds import EMPTY

AGREEMENTS = "agreement_id,city_id,type,signed,role,source_id\na1,london,sister,,primary,s1\n"
TABLES = EMPTY | {"agreements": AGREEMENTS}
UNKNOWN = {"en": "date unknown", "ko": "날짜 미상"}
NONE = {"en": ("No partner city",), "ko": ("파트너 도시는 아직", "기록된 파트너 도시가 없습니다")}


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("name", ["overview", "partner_cities"])
def test_a_partner_without_a_date_is_counted_and_its_date_is_said_to_be_unknown(opened, name, lang):
    app = opened(name, TABLES, lang=lang, as_of="2024-06-30")
    text = plainly(app)
    assert UNKNOWN[lang] in text
    assert not [none for none in NONE[lang] if none in text]
    assert "+1" not in text
    assert any("london" in str(shown) for shown in maps(app))


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_dossier_of_such_a_partner_says_that_its_date_is_unknown(opened, lang):
    app = opened("city", TABLES, lang=lang, as_of="2024-06-30", city="london")
    assert UNKNOWN[lang] in plainly(app)


def test_the_list_of_partners_says_it_as_well(opened):
    app = opened("partner_cities", TABLES, lang="en", as_of="2024-06-30")
    assert any("date unknown" in shown.to_csv() for shown in lists(app))


def test_before_the_first_list_it_may_have_been_a_partner(opened):
    assert "may already have had 1" in plainly(opened("overview", TABLES, lang="en", as_of="2023-06-30"))
