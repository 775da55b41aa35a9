"""Pages as each role meets them: what is open, what is closed and said to be, what the audit hears."""

import time
from datetime import UTC, datetime, timedelta

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from publishing.access.audit_log import record, records
from publishing.access.rights import AT_THE_MACHINE, Visitor, rules_from, signed_in
from publishing.changes.rows import raw, with_row
from publishing.desk.desk import DraftWorkspace
from publishing.store.release_cache import current_store
from publishing.store.releases import candidate
from tests.drawn import downloads, shown
from tests.pages.conftest import FRAME
from tests.worlds import ONE_ROW, write

ACCESS = {"analysts": ["analyst@city.example"], "admins": ["admin@city.example"]}
RULES = rules_from({"auth": {"client_id": "x"}, "access": ACCESS})
CLOSED = rules_from({"auth": {"client_id": "x"}, "access": ACCESS | {"viewers": "signed-in"}})
WORLD = ONE_ROW | {"cities": ONE_ROW["cities"] + "paris,Paris,파리,GB,Europe,city,48.85,2.35,2100000,s1,s1\n"}


def person(who: str, hours: float = 0) -> Visitor:
    """Who signed in so many hours ago; "nobody" did not."""
    at = datetime.now(UTC) - timedelta(hours=hours)
    said = {"sub": who, "email": f"{who}@city.example", "email_verified": True, "name": f"{who} <b>Kim</b>", "iat": at.timestamp()}
    return Visitor("", "203.0.113.9", signed=None if who == "nobody" else signed_in(said, RULES))


@pytest.fixture
def page(monkeypatch, tmp_path):
    """`page(name, visitor, rules, **query)` -> the page after its first run, over a store of this test alone."""
    monkeypatch.setenv("DASHBOARD_DATA", str(write(tmp_path / "data", WORLD)))
    monkeypatch.setenv("DASHBOARD_STATE", str(tmp_path / "state"))

    def run(name: str, visitor: Visitor, rules=RULES, **query: str) -> AppTest:
        app = AppTest.from_file(str(FRAME), default_timeout=60)
        app.session_state["visitor"], app.session_state["rules"] = visitor, rules
        for part, value in {"lang": "en", "as_of": "2020-06-30", **query}.items():
            app.query_params[part] = value
        return app.switch_page(f"{name}.py").run()

    return run


def add_paris() -> None:
    """Release 2, by somebody whose whole address is nobody's business."""
    store = current_store()
    release = store.in_force()
    more = with_row(raw(release, "agreements"), raw(release, "agreements").iloc[[0]].assign(agreement_id="a2", city_id="paris"), None)
    store.publish(candidate(release, {"agreements": more})[0], parent=1, author="minji@city.example", note="Paris", removals=0)


TWO = rules_from({"auth": {"client_id": "x"}, "access": ACCESS | {"second_person": True}})


def test_a_colleague_approves_a_draft_at_its_address_and_only_then_its_author_publishes(page):
    analyst, admin = person("analyst"), person("admin")
    base = page("data_desk", analyst, TWO) and current_store().in_force()
    workspace = DraftWorkspace(current_store(), analyst, analyst.signed.known_as, TWO)
    id = workspace.keep({"agreements": raw(base, "agreements").assign(signed="2015-12-05")}, base=base)
    own = page("data_desk", analyst, TWO, draft=id)
    assert own.button(key="publish-now").disabled
    assert f"?draft={id}" in own.code[0].value
    other = page("data_desk", admin, TWO, draft=id)
    assert "2015-12-05" in shown(other)
    assert not other.file_uploader
    assert "Approved by admin." in shown(other.button(key="approve").click().run())
    own.run().text_area[0].set_value("As signed")
    next(radio for radio in own.radio if radio.key.startswith("mark-")).set_value("correction")
    assert "Release 2 published" in shown(own.button(key="publish-now").click().run())


@pytest.mark.parametrize("name", ["overview", "partner_cities", "city", "sources", "releases", "data_desk", "audit", "briefing"])
def test_whoever_may_not_read_sees_a_way_to_sign_in_and_nothing_else(page, name):
    app = page(name, person("nobody"), CLOSED)
    assert "Please sign in to see this." in shown(app)
    assert "로그인한 뒤 볼 수 있습니다." in shown(app)
    assert [len(kind) for kind in (app.get("html"), app.button, app.get("download_button"), app.get("bidi_component"))] == [1, 0, 0, 0]
    assert not app.get("navigation")
    assert "London" not in shown(app)


@pytest.mark.parametrize(
    ("who", "said"),
    [("nobody", "Sign in to use this page."), ("viewer", "read everything but not publish"), ("analyst", "can use the desk")],
)
def test_the_desk_is_for_analysts(page, who, said):
    app = page("data_desk", person(who))
    assert said in shown(app)
    assert bool(app.file_uploader) == bool(downloads(app)) == (who == "analyst")


def test_being_at_the_machine_gives_no_right_where_a_sign_in_is_set_up(page):
    assert "Sign in to use this page." in shown(page("data_desk", AT_THE_MACHINE))


@pytest.mark.parametrize(("who", "hours", "forms"), [("viewer", 0, 0), ("analyst", 0, 0), ("admin", 0, 1), ("admin", 13, 0)])
def test_a_fresh_admin_restores(page, who, hours, forms):
    add_paris()
    app = page("releases", person(who, hours))
    app.button(key="open-1").click().run()
    assert len(app.text_area) == forms
    assert ("Sign in again" in shown(app)) == (hours == 13)


def test_everybody_reads_who_published_without_her_whole_address(page):
    add_paris()
    html = shown(page("releases", person("nobody")))
    assert "minji" in html
    assert "minji@city.example" not in html


def test_the_bar_names_the_person_and_escapes_her_name(page):
    html = shown(page("overview", person("viewer")))
    assert "viewer &lt;b&gt;Kim&lt;/b&gt;" in html
    assert 'href="auth/logout"' in html
    assert 'href="sign-in"' in shown(page("overview", person("nobody")))
    assert "auth/logout" not in shown(page("overview", AT_THE_MACHINE, rules_from({})))


@pytest.mark.parametrize("who", ["nobody", "viewer", "analyst"])
def test_the_audit_is_closed_to_all_but_admins(page, who):
    record(current_store(), "signed_in", "minji@city.example")
    app = page("audit", person(who))
    assert "The audit is closed to you." in shown(app)
    assert "minji@city.example" not in shown(app)
    assert downloads(app) == []


def test_the_audit_tells_an_admin_the_newest_first_and_narrows_to_an_act_and_a_person(page):
    for act, who, about in (("signed_in", "a@city.example", {}), ("exported", "b@city.example", {"file": "x<i>.csv"}), ("refused", "", {})):
        record(current_store(), act, who, **about)
    html = shown(page("audit", person("admin")))
    assert "3 entries. 1 of them was a refusal." in html
    assert html.index("Was refused") < html.index("x&lt;i&gt;.csv") < html.index("a@city.example")
    assert "not signed in" in html
    narrowed = shown(page("audit", person("admin"), act="exported", who="b@city.example"))
    assert "a@city.example" not in narrowed
    assert "No act fits" in shown(page("audit", person("admin"), act="restored"))


def test_an_empty_audit_says_so_and_the_person_at_the_machine_sees_it_where_no_sign_in_is_set_up(page):
    app = page("audit", AT_THE_MACHINE, rules_from({}), lang="ko")
    assert "아직 기록이 없습니다." in shown(app)


def test_what_is_closed_is_told_to_the_audit(page):
    page("data_desk", person("stranger"))
    until = time.monotonic() + 20
    while not (found := records(current_store())) and time.monotonic() < until:
        time.sleep(0.05)  # it is written on a thread of its own
    assert [(one.act, one.who, dict(one.about)) for one in found] == [("refused", "stranger@city.example", {"path": "/data_desk"})]


@pytest.mark.parametrize(("who", "offered"), [("nobody", []), ("analyst", ["data_desk"]), ("admin", ["data_desk", "audit"])])
def test_the_menu_offers_the_desk_and_the_audit_to_whoever_may_use_them_and_the_rest_to_every_reader(page, monkeypatch, who, offered):
    menus, drawn = [], st.navigation
    monkeypatch.setattr(st, "navigation", lambda pages, **options: menus.append(pages) or drawn(pages, **options))
    page("overview", person(who))
    named = {title: [one.url_path for one in pages if one.visibility == "visible"] for title, pages in menus[0].items()}
    assert named["Manage"] == offered
    assert named["Trust"] == ["sources", "stale", "releases"]
    assert named[""][1] == "city"
