"""From a list of towns in Excel to a briefing, as docs/new_city.md tells it: one upload, three confirmations, no terminal."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from publishing.access.rights import AT_THE_MACHINE, NO_SIGN_IN, Rules, SignedIn, Visitor
from publishing.store.release_cache import current_release
from tests.drawn import shown
from tests.worlds import ONE_ROW, write

FRAME = Path(__file__).parents[2] / "pages" / "_frame.py"
TOWNS = """Cork,Ireland,1989|Nice,France,1955|Nagoya,Japan,|Lyon,France,1966|Turin,Italy,1958|Leeds,UK,
Salzburg,Austria,1968|Gdańsk,Poland,1976|Izmir,Türkei,1995|Rīga,Latvia,|Dalian,China,1985
Odesa,Ukraine,1993|Haifa,Israel,1988|Durban,South Africa,|Maracaibo,Venezuela,|Corinto,Nicaragua,
Brno,Czech Republic,1989|Ghent,Belgium,|Porto,Portugal,1980|Aarhus,Denmark,|Turku,Finland,1948
Tartu,Estonia,1998|Kaunas,Lithuania,1993|Bilbao,Spain,|Pécs,Hungary,1973|Graz,Austria,1957|Split,Croatia,
Varna,Bulgaria,1974|Thessaloniki,Greece,1979|Zaragoza,Spain,1983|Skopje,Macedonia,1963
Abidjan,Ivory Coast,1981|Yangon,Burma,2010|Incheon,South Korea,2002|Busan,"Korea, Republic of",1995
Davao,Philippines,|Recife,Brazil,|Springfield,USA,1990|Columbia,USA,|Altenbergdorf,Germany,1971"""
"""Forty towns, of which three are not clear."""


def workbook() -> bytes:
    book, held = Workbook(), io.BytesIO()
    book.active.append(["Partnerstadt", "Land", "Jahr"])
    for line in TOWNS.replace("\n", "|").split("|"):
        book.active.append(next(csv.reader([line])))
    book.save(held)
    return held.getvalue()


@pytest.fixture
def start(monkeypatch, tmp_path):
    """`start()` -> the dashboard as the person at the machine sees it, in a folder without data."""
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "city"))
    monkeypatch.delenv("DASHBOARD_STATE", raising=False)

    def run(visitor=AT_THE_MACHINE, page="", rules=NO_SIGN_IN, **query) -> AppTest:
        app = AppTest.from_file(str(FRAME), default_timeout=120)
        app.session_state["visitor"], app.session_state["rules"] = visitor, rules
        for part, value in {"lang": "en", **query}.items():
            app.query_params[part] = value
        return app.switch_page(f"{page}.py").run() if page else app.run()

    return run


def test_without_data_a_visitor_is_told_who_can_begin(start, tmp_path):
    app = start(visitor=Visitor("", "203.0.113.5", ()))
    assert "There are no data yet" in shown(app)
    assert not app.text_input
    assert not (tmp_path / "city").exists()


def test_from_a_list_of_forty_towns_to_a_briefing(start):
    app = start()
    assert "Choose your city" in shown(app)
    app.text_input(key="city-text").set_value("Rostock").run()
    assert "Time zone Europe/Berlin, currency EUR, languages German, English" in shown(app)
    app.file_uploader[0].set_value([("towns.xlsx", workbook(), "application/octet-stream")]).run()
    app.button(key="city-begin").click().run()
    assert "40 rows read: 37 clear, 3 to decide" in shown(app)

    places = [box for box in app.selectbox if box.key.startswith("list-place-")]
    places[0].set_value(1)
    places[1].set_value(0)
    places[2].set_value(-1).run()
    next(box for box in app.text_input if box.key.startswith("list-typed-")).set_value("51.0 13.5").run()
    app.selectbox(key="list-kind").set_value("sister").run()
    app.button(key="list-draft").click().run()
    assert "In the draft: 40 agreements" in shown(app)
    app.text_area[0].set_value("The city's own list")
    app.button(key="publish-now").click().run()

    ties, cities = current_release().tables["agreements"], current_release().tables["cities"].set_index("city_id")
    assert (current_release().number, len(ties), set(ties["type"])) == (2, 40, {"sister"})
    assert cities.loc["altenbergdorf", ["lat", "lon"]].tolist() == [51.0, 13.5]
    for page in ("overview", "partner_cities", "briefing"):
        assert not start(page=page).exception


FAULTY = ONE_ROW | {"home": "city_id,currency,time_zone,source_id\nseoul,EUO,Europe/Berlinn,s1\n"}
SIGN_IN = Rules(sign_in=True, analysts=frozenset({"kim@city.example"}))


def signed(email):
    return Visitor("", "203.0.113.5", (), SignedIn(f"https://id.city.example#{email}", email, "", datetime.now(UTC)))


@pytest.mark.parametrize(
    "visitor, rules, problems",
    [
        (AT_THE_MACHINE, NO_SIGN_IN, True),
        (signed("kim@city.example"), SIGN_IN, True),
        (signed("lee@city.example"), SIGN_IN, False),
        (Visitor("", "203.0.113.5", ()), NO_SIGN_IN, False),
    ],
)
def test_faults_in_a_data_folder_are_for_whoever_may_prepare_data(start, tmp_path, visitor, rules, problems):
    write(tmp_path / "city", FAULTY)
    app = start(visitor=visitor, rules=rules)
    assert not app.exception
    page = shown(app) if problems else "".join(error.value for error in app.error)
    assert [text in page for text in ("2 problems found", "Row 2", "EUO", "Berlinn", "publishing check FOLDER")] == [problems] * 5
    assert ("cannot be read at the moment" in page) is not problems
    assert str(tmp_path) not in page


def test_every_fault_in_a_data_folder_is_a_sentence_in_the_log(start, tmp_path, caplog):
    write(tmp_path / "city", FAULTY)
    for visitor in (AT_THE_MACHINE, Visitor("", "203.0.113.5", ())):
        caplog.clear()
        start(visitor=visitor)
        assert "home.csv: row 2: currency: No currency of today or before has the code “EUO”" in caplog.text
        assert "home.csv: row 2: time_zone: There is no time zone “Europe/Berlinn”" in caplog.text


def test_pages_without_data_of_their_own_say_so(start):
    app = start()
    app.text_input(key="city-text").set_value("Rostock").run()
    app.button(key="city-begin").click().run()
    for page in ("policy_exports", "cooperation_fund", "plan", "networks", "sources", "claims", "stale", "city"):
        opened = start(page=page)
        assert (page, list(opened.exception), list(opened.error)) == (page, [], [])
