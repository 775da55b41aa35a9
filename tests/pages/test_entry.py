"""The forms of the data desk as scripts: each writes every table that it needs, doubts are shown side by side, nothing is typed twice."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.shell.current_user import name
from publishing.access.rights import AT_THE_MACHINE
from publishing.desk.desk import drafts
from publishing.store.release_cache import current_release, current_store
from tests.drawn import plainly, shown
from tests.pages.conftest import FRAME
from tests.worlds import ONE_ROW, write

WORLD = ONE_ROW | {
    "cities": ONE_ROW["cities"] + "cambridge,Cambridge,케임브리지,GB,Europe,city,52.2,0.1167,145674,s1,s1\n",
}
SOURCE = {"sources-title": "A signed agreement", "sources-url": "https://www.news.city.go.kr/1", "sources-published": "2026-03-02"}


@pytest.fixture
def desk(monkeypatch, tmp_path):
    """`desk(form, **query)` -> the data desk with a form open, as the person at the machine sees it."""
    monkeypatch.setenv("DASHBOARD_DATA", str(write(tmp_path / "data", WORLD)))
    monkeypatch.setenv("DASHBOARD_STATE", str(tmp_path / "state"))

    def run(form: str, **query: str) -> AppTest:
        app = AppTest.from_file(str(FRAME), default_timeout=60)
        app.session_state["visitor"] = AT_THE_MACHINE
        for part, value in {"lang": "en", "as_of": "2026-11-22", "form": form, **query}.items():
            app.query_params[part] = value
        return app.switch_page("data_desk.py").run()

    return run


def fill(app: AppTest, **cells: str) -> AppTest:
    """Type into the fields, or choose there, by the end of their key."""
    for column, value in cells.items():
        (field,) = [
            one for one in [*app.text_input, *app.selectbox] if str(one.key).startswith("entry-") and one.key.endswith(f"-{column}")
        ]
        field.set_value(value)
    return app.run()


def press(app: AppTest, key: str) -> AppTest:
    (button,) = [one for one in app.button if str(one.key).startswith(key)]
    return button.click().run()


def drafted() -> dict:
    (draft,) = drafts(current_store(), name())
    return draft.tables


def test_a_partner_in_a_new_country_is_one_form_with_its_source(desk):
    app = fill(desk("new_partner"), city="나이로비", **{"agreements-type": "sister", "agreements-signed": "2026년 3월"}, **SOURCE)
    assert "New: Nairobi, Kenya (-1.28, 36.82; population 4,397,073)" in plainly(app)
    assert "1 city added, 1 agreement added" in plainly(press(app, "entry-keep"))
    tables = drafted()
    city = tables["cities"].iloc[-1]
    assert (city["city_id"], city["name_ko"], city["region"], city["source_id"]) == ("nairobi", "나이로비", "Africa", "city-2026-03-02")
    assert tables["territories"]["name_ko"].iloc[-1] == "케냐"
    assert tables["agreements"].iloc[-1][["agreement_id", "city_id", "signed", "role"]].tolist() == [
        "nairobi-sister", "nairobi", "2026-03", "primary",
    ]  # fmt: skip


def test_an_upgrade_is_compared_with_the_friendship_that_it_replaces(desk):
    app = fill(desk("new_partner"), city="런던", **{"agreements-type": "sister", "agreements-signed": "2026-03"}, **SOURCE)
    assert "On record: London (london), Friendship city (4 Dec 2015)" in plainly(app)
    html = plainly(press(app, "entry-keep"))
    assert "is replaced. Compare" in html
    assert "Replaced later" in html
    assert drafts(current_store(), name()) == ()
    press(app, "entry-both")
    assert drafted()["agreements"]["role"].tolist() == ["superseded", "primary"]


def test_a_tie_that_is_on_record_is_a_problem_beside_the_row_on_record(desk):
    app = press(fill(desk("new_partner"), city="London", **{"agreements-type": "friendship"}, **SOURCE), "entry-keep")
    html = shown(app)
    assert "<bdi>2026" not in html
    assert "4 Dec 2015" in html.replace("\N{NO-BREAK SPACE}", " ")
    assert not [one for one in app.button if str(one.key).startswith("entry-both")]
    assert drafts(current_store(), name()) == ()


def test_of_cities_with_one_name_one_is_chosen_before_anything_is_kept(desk):
    app = fill(desk("new_partner"), city="Cambridge", **{"agreements-type": "friendship"}, **SOURCE)
    (which,) = app.radio
    assert which.options[0].replace("\\", "") == "On record: Cambridge (cambridge), no ties"
    assert any("Massachusetts" in option for option in which.options)
    assert "must not be empty" in shown(press(app, "entry-keep"))
    app.radio[0].set_value(0).run()
    press(app, "entry-keep")
    assert drafted()["agreements"]["city_id"].iloc[-1] == "cambridge"


def test_a_city_that_nobody_knows_is_asked_for_by_its_place(desk):
    app = fill(desk("new_partner"), city="Qwxyzburg", **{"agreements-type": "friendship"}, **SOURCE)
    assert "is not in the gazetteer" in shown(app)
    app = press(fill(app, point="KE -1.3 36.8"), "entry-keep")
    assert drafted()["cities"].iloc[-1][["name_en", "country_code", "lat"]].tolist() == ["Qwxyzburg", "KE", "-1.3"]


def test_a_contact_of_an_earlier_source_is_announced_and_names_no_identifier(desk):
    cells = {"contacts-date": "2026-05-01", "contacts-kind": "signing", "contacts-level": "mayor"}
    texts = {"contacts-subject_en": "Talks", "contacts-subject_ko": "면담"}
    press(fill(desk("contact", city="london"), **cells, **texts, **SOURCE), "entry-keep")
    row = drafted()["contacts"].iloc[0]
    assert (row["contact_id"], row["city_id"], row["status"]) == ("london-2026-05-01", "london", "announced")


def test_an_export_has_its_place_and_its_city(desk):
    cells = {"policy_exports-project_en": "Maps", "policy_exports-project_ko": "지도", "policy_exports-sector": "transport_card"}
    press(fill(desk("export"), city="Oslo", **cells, **{"policy_exports-status": "awarded"}, **SOURCE), "entry-keep")
    assert drafted()["export_places"].iloc[-1][["export_id", "country_code", "city_id"]].tolist() == ["oslo-transport-card", "NO", "oslo"]


@pytest.mark.parametrize("value, role", [("2,700,000,000", "alternate"), ("1000", "conflict")])
def test_a_balance_of_a_day_on_record_is_kept_beside_it_and_changes_no_figure(desk, value, role):
    app = press(fill(desk("fund_balance"), **{"fund-date": "2016년 12월", "fund-value": value}, **SOURCE), "entry-keep")
    assert drafts(current_store(), name()) == ()
    press(app, "entry-both")
    row = drafted()["fund"].iloc[-1]
    assert (row["role"], row["currency"], row["measure"], row["fund"]) == (role, "KRW", "balance", "cooperation_fund")


def test_the_missing_count_of_an_indicator_is_one_link_and_one_form_away(desk):
    app = desk("published_count", measure="partner_cities")
    assert next(one.value for one in app.selectbox if one.key.endswith("measure")) == "partner_cities"
    press(fill(app, **{"published_counts-value": "75", "published_counts-as_of": "2026-10"}, **SOURCE), "entry-keep")
    row = drafted()["published_counts"].iloc[-1]
    assert (row["count_id"], row["unit"], row["value"]) == ("partner-cities-2026-10", "cities", "75")


def test_the_address_of_a_source_on_record_cites_that_source(desk):
    app = fill(desk("fund_balance"), **{"fund-date": "2025", "fund-value": "3000", "sources-url": "http://city.example/page/"})
    assert "that source is cited: Our own page" in shown(app)
    press(app, "entry-keep")
    assert drafted().keys() == {"fund"}
    assert current_release().number == 1


@pytest.mark.parametrize("form", ["nothing", "<script>", "x" * 3000])
def test_an_unknown_form_in_the_address_gives_a_sentence_and_the_first(desk, form):
    assert "New partner or upgrade" in [option for control in desk(form).segmented_control for option in control.options]


def test_the_home_city_is_no_partner_of_its_own(desk):
    app = fill(desk("new_partner"), city="서울", **{"agreements-type": "sister"}, **SOURCE)
    assert "is the home city itself" in shown(app)
    assert next(one for one in app.button if str(one.key).startswith("entry-keep")).disabled
