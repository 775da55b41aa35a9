"""The evidence pack of a page: its figures and readings as they are shown, in the reader's language, whole when it is checked."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from exports.evidence.verification import verify
from exports.slides import Slide, Text
from exports.version import project_version
from metrics.indicators.registry import recorded
from pages.parts.briefing.slides import page_slides
from pages.parts.elements.evidence import evidence, of_page
from pages.parts.elements.key_figures import growth
from pages.parts.elements.slide_pieces import cards, chart
from pages.parts.shell.selection import Selection, View
from publishing.store.release_cache import current_release
from publishing.store.releases import today_at_home
from tests.worlds import ONE_ROW, world

FRAME = Path(__file__).parents[2] / "pages" / "_frame.py"


def page(name: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    for part, value in {"lang": "en", "as_of": "2020-01-01", **query}.items():
        app.query_params[part] = value
    app.switch_page(f"{name}.py").run()
    assert not app.exception
    assert not app.error
    return app


def packed(app: AppTest, name: str) -> dict[str, bytes]:
    return files(content(app, name))


def content(app: AppTest, name: str) -> bytes:
    """The pack of the page as it is shown now."""
    release, address = current_release(), app.session_state["carried"]["address"]
    today = today_at_home(release)
    return of_page(View(Selection(today, "en"), (), release, "light", today), name, address, page_slides)


def files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def figures(found: dict[str, bytes]) -> list[str]:
    return [name.split("-", 1)[1].removesuffix(".csv") for name in sorted(found) if name.startswith("figures/")]


def checked(tmp_path: Path, content: bytes):
    file = tmp_path / "pack.zip"
    file.write_bytes(content)
    return verify(file)


@pytest.mark.parametrize(
    "name, shown",
    [
        ("overview", ["map", "growth", "exports", "fund"]),
        ("partner_cities", ["growth", "by-type", "by-region", "by-decade", "by-year", "map", "by-country", "list"]),
        ("cooperation_fund", ["fund-path", "payments"]),
        ("sources", ["list"]),
    ],
)
def test_the_tables_of_a_page_are_those_of_the_figures_that_it_shows(name, shown):
    assert figures(packed(page(name), name)) == shown


def test_the_readings_are_those_of_its_cards_and_figures():
    found = json.loads(packed(page("cooperation_fund"), "cooperation_fund")["readings.json"])
    assert {reading["id"] for reading in found} == {"fund_balance", "fund_share_of_target"}
    assert {reading["as_of"] for reading in found} == {"2020-01-01"}


def test_a_page_without_numbers_has_every_reading_of_the_day():
    found = json.loads(packed(page("releases"), "releases")["readings.json"])
    assert [reading["id"] for reading in found] == list(recorded(current_release()))


def test_a_table_has_its_titles_in_the_language_of_the_reader_and_what_the_filters_leave():
    found = packed(page("partner_cities", lang="ko", regions="Africa"), "partner_cities")
    listed = found["figures/08-list.csv"].decode("utf-8-sig").splitlines()
    assert "국가" in listed[0]
    assert 1 < len(listed) < 10
    assert "regions=Africa" in json.loads(found["about.json"])["address"]
    assert "release=" in json.loads(found["about.json"])["address"]


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_pack_of_a_page_is_whole_and_gives_the_digest_of_its_release(tmp_path, lang):
    app, release = page("overview", lang=lang), current_release()
    pack = content(app, "overview")
    found = checked(tmp_path, pack)
    assert (found.faults, found.release, found.digest) == ((), release.number, release.digest)
    assert pack == content(app, "overview")


def test_a_part_that_runs_alone_has_in_the_pack_what_it_shows_now():
    app = page("partner_cities")
    before = packed(app, "partner_cities")["figures/08-list.csv"]
    app.text_input(key="control-q").set_value("London").run()
    after = packed(app, "partner_cities")["figures/08-list.csv"]
    assert len(after.splitlines()) == 2 < len(before.splitlines())


def test_the_pack_of_a_briefing_holds_what_is_behind_its_slides(tmp_path):
    release = current_release()
    view = View(Selection(today_at_home(release), "en"), (), release, "light", today_at_home(release))
    slides = [Slide("partners", "Partners", (cards(view, ("partner_cities",)), chart(view, growth(view)), Text(("Said.",))))]
    content = evidence(view, "A briefing", slides)
    found = files(content)
    assert figures(found) == ["growth"]
    assert [reading["id"] for reading in json.loads(found["readings.json"])] == ["partner_cities"]
    assert checked(tmp_path, content).faults == ()


def test_a_release_whose_digest_its_tables_do_not_give_is_packed_and_says_so(tmp_path):
    release = world(**ONE_ROW)
    view = View(Selection(today_at_home(release), "en"), (), release, "light", today_at_home(release))
    found = checked(tmp_path, evidence(view, "A briefing", []))
    assert (found.faults, found.digest) == ((), "")


@pytest.mark.parametrize(("lang", "text"), [("en", "Software version"), ("ko", "프로그램 버전")])
def test_the_foot_of_a_page_names_the_version_of_the_software(lang, text):
    html = [block.proto.body for block in page("plan", lang=lang).get("html")]
    assert any(f"{text} {project_version()}" in body for body in html)
