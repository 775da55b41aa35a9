"""The data desk as a script: nothing wrong gets in, nothing right gets lost, and elsewhere it is closed."""

import csv
import io
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.shell.current_user import name
from publishing.access.audit_log import confirmed
from publishing.access.rights import AT_THE_MACHINE
from publishing.changes.rows import raw, with_row
from publishing.desk.desk import DraftWorkspace, drafts
from publishing.files.downloads import about, as_csv, as_package
from publishing.store.release_cache import current_release, current_store
from publishing.store.releases import candidate
from tests.drawn import downloads, shown
from tests.worlds import ONE_ROW, write

FRAME = Path(__file__).parents[2] / "pages" / "_frame.py"
WORLD = ONE_ROW | {
    "cities": ONE_ROW["cities"]
    + "paris,Paris,파리,GB,Europe,city,48.85,2.35,2100000,s1,s1\nrome,Rome,로마,GB,Europe,city,41.9,12.5,2800000,s1,s1\n",
}
PARIS = ["a2", "paris", "sister", "2016-05-06", *[""] * 3, "primary", "s1", *[""] * 3]
DAY = "2020-06-30"


@pytest.fixture
def desk(monkeypatch, tmp_path):
    """`desk(**query)` -> the page as the person at the machine sees it, over a store of this test alone."""
    monkeypatch.setenv("DASHBOARD_DATA", str(write(tmp_path / "data", WORLD)))
    monkeypatch.setenv("DASHBOARD_STATE", str(tmp_path / "state"))

    def run(visitor=AT_THE_MACHINE, **query) -> AppTest:
        app = AppTest.from_file(str(FRAME), default_timeout=60)
        if visitor:
            app.session_state["visitor"] = visitor
        for part, value in {"lang": "en", "as_of": DAY, **query}.items():
            app.query_params[part] = value
        return app.switch_page("data_desk.py").run()

    return run


def rows(table="agreements") -> list[list[str]]:
    """The release in force as a person downloads it: the titles, then the rows."""
    text = as_csv(current_release(), table, "en").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def as_file(lines: list[list[str]]) -> bytes:
    held = io.StringIO()
    csv.writer(held).writerows(lines)
    return held.getvalue().encode()


def upload(app: AppTest, lines: list[list[str]], name="agreements.csv") -> AppTest:
    app.file_uploader[0].set_value([(name, as_file(lines), "text/csv")]).run()
    return app.button(key="desk-check").click().run()


def publish(app: AppTest, note="As the city's list says") -> AppTest:
    app.text_area[0].set_value(note)
    return app.button(key="publish-now").click().run()


def add_rome() -> None:
    """Somebody else publishes an agreement with Rome."""
    release, store = current_release(), current_store()
    table = raw(release, "agreements")
    more = with_row(table, table.iloc[[0]].assign(agreement_id="a3", city_id="rome"), None)
    draft, problems = candidate(release, {"agreements": more})
    assert problems == ()
    store.publish(draft, parent=release.number, author="somebody", note="Rome signed", removals=0)


@pytest.mark.parametrize(
    "lang, said", [("en", "The data desk is open only on the computer"), ("ko", "자료 관리는 대시보드가 실행되는 컴퓨터에서만")]
)
def test_elsewhere_the_desk_is_closed_and_says_how_it_will_open(desk, lang, said):
    app = desk(visitor=None, lang=lang)
    assert said in shown(app)
    assert not app.file_uploader
    assert downloads(app) == []
    assert not app.text_area


@pytest.mark.parametrize("lang, said", [("en", "You can publish from this computer"), ("ko", "자료를 공개할 수 있습니다")])
def test_the_person_at_the_machine_is_told_that_she_is_the_analyst(desk, lang, said):
    app = desk(lang=lang)
    assert said in shown(app)
    assert app.file_uploader[0].accept_multiple_files
    assert len(downloads(app)) == 6  # a table as Excel and CSV, its template; all as Excel, all templates, the package


def test_a_wrong_file_is_told_row_by_row_and_changes_nothing(desk):
    app = upload(desk(), [*rows(), ["a2", "atlantis", "rival", "someday", *[""] * 3, "primary", "s1", *[""] * 3]])
    html = shown(app)
    assert "3 problems found" in html
    assert "Nothing was changed" in html
    assert "“rival” is not in the table" in html
    assert html.count("<b>Row 3</b>") == 3
    assert "agreements.csv with its problems" in downloads(app)[-1].replace("\\", "")
    assert current_store().newest() == 1
    assert drafts(current_store(), name()) == ()
    assert "draft" not in app.query_params


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"PK\x03\x04", b"a,b\n1,2\n", b"<html><script>x</script>"])
def test_a_broken_file_is_refused_in_a_sentence(desk, content):
    app = desk()
    app.file_uploader[0].set_value([("<b>x</b>.csv", content, "text/csv")]).run()
    html = shown(app.button(key="desk-check").click().run())
    assert "1 problem found" in html
    assert "<b>x</b>" not in html
    assert current_store().newest() == 1


def test_a_right_file_shows_its_effect_and_is_published_for_everyone(desk):
    app = upload(desk(), [*rows(), PARIS])
    html = shown(app)
    # 39 published in 2014, London signed in 2015, and now Paris in 2016: 40 becomes 41.
    assert "Not published yet: 1 agreement added, partner cities at least 40 to at least 41" in html
    assert "Partner cities: at least 40 to at least 41." in html
    assert current_store().newest() == 1
    app = publish(app)
    assert "Release 2 published: 1 agreement added, partner cities at least 40 to at least 41, sister cities" in shown(app)
    entry = current_store().entry(2)
    assert (entry.kind, entry.parent, entry.note) == ("publish", 1, "As the city's list says")
    assert list(current_release().tables["agreements"]["city_id"]) == ["london", "paris"]
    assert "draft" not in app.query_params


def test_publishing_asks_for_a_reason(desk):
    app = upload(desk(), [*rows(), PARIS])
    app.button(key="publish-now").click().run()
    assert "the history needs a note" in shown(app)
    assert current_store().newest() == 1


def test_rows_that_go_are_confirmed_by_their_number(desk):
    app = upload(desk(), rows()[:1])
    app.text_area[0].set_value("It ended")
    assert "Confirm their number first" in shown(app.button(key="publish-now").click().run())
    assert current_store().newest() == 1
    (sure,) = app.checkbox
    assert sure.label == "I confirm that 1 row is removed"
    sure.check().run()
    assert "Release 2 published: 1 agreement removed" in shown(app.button(key="publish-now").click().run())


@pytest.mark.parametrize("lang, sentence", [("en", "The date 4350 is implausible"), ("ko", "날짜 4350 값이 맞지 않아 보입니다")])
def test_a_doubtful_value_is_published_once_it_is_confirmed_and_the_history_keeps_that(desk, lang, sentence):
    app = upload(desk(lang=lang), [*rows(), [*PARIS[:3], "4350", *PARIS[4:]]])
    assert sentence in shown(app)
    app = publish(app)
    assert current_store().newest() == 1
    app.checkbox[0].check().run()
    app.button(key="publish-now").click().run()
    assert current_store().newest() == 2
    assert confirmed(current_store()) == {2: {"implausible_date": 1}}
    assert {"en": "1 doubtful value confirmed", "ko": "확인한 값 1개"}[lang] in shown(app.switch_page("releases.py").run())


@pytest.mark.parametrize(
    "lang, said", [("en", ("1 value corrected", "2 values revised", "(corrected)")), ("ko", ("값 1개 정정", "값 2개 갱신", "(정정)"))]
)
def test_whoever_publishes_says_of_each_changed_value_whether_it_is_revised_or_corrected(desk, lang, said):
    head, first = rows()
    app = publish(upload(desk(lang=lang), [head, [*first[:3], "2015-06", *first[4:10], "Signed", "체결"]]))
    assert {"en": "revisions or corrections", "ko": "갱신인지 정정인지"}[lang] in shown(app)
    assert current_store().newest() == 1
    (way,) = (radio for radio in app.radio if radio.key.startswith("mark-"))
    way.set_value("each").run()
    (corrected,) = (box for box in app.multiselect if box.key.endswith("-corrected"))
    corrected.set_value([("agreements", "signed", "a1")]).run()
    app.button(key="publish-now").click().run()
    assert sorted(current_store().entry(2).marks.values()) == ["correction", "revision", "revision"]
    app.query_params["since"] = "2020-01-01"
    html = shown(app.switch_page("releases.py").run())
    assert [text for text in said if text not in html] == []


@pytest.mark.parametrize("answer", ["short-rows", "short-whole"])
def test_a_file_that_lacks_most_rows_is_asked_about_before_it_replaces_the_table(desk, answer):
    app = desk()
    more = [[f"s{at}", *rows("sources")[1][1:]] for at in range(10, 15)]
    publish(upload(app, [*rows("sources"), *more], "sources.csv"))
    assert current_store().newest() == 2
    app = upload(desk(), [rows("sources")[0], ["s20", *rows("sources")[1][1:]]], "sources.csv")
    assert "lacks most rows of: Sources" in shown(app)
    before = len(current_release().tables["sources"])
    app = app.button(key=answer).click().run()
    if answer == "short-rows":
        publish(app)
        assert len(current_release().tables["sources"]) == before + 1
    else:
        assert "has no row" in shown(app)


def test_a_file_that_says_the_same_makes_no_draft(desk):
    app = upload(desk(), rows())
    assert "The data say the same as release 1" in shown(app)
    assert "draft" not in app.query_params


def test_what_was_read_as_something_else_is_counted_and_listed(desk):
    app = upload(desk(), [*rows(), [*PARIS[:3], "2016년 5월 6일", *PARIS[4:]]])
    assert "“2016년 5월 6일”" in shown(app)
    assert "1 cell was read as something else than it says" in [fold.label for fold in app.expander]


def test_a_draft_waits_through_a_reload_and_can_be_gone_on_with_or_thrown_away(desk):
    app = upload(desk(), [*rows(), PARIS])
    (id,) = [draft.id for draft in drafts(current_store(), name())]
    assert app.query_params["draft"] in (id, [id])
    assert "partner cities at least 40 to at least 41" in shown(desk(draft=id))
    later = desk()
    assert "1 draft<" in shown(later)
    assert "partner cities at least 40 to at least 41" in shown(later.button(key=f"continue-{id}").click().run())
    gone = desk().button(key=f"discard-{id}").click().run()
    assert "The draft was discarded" in shown(gone)
    assert "1 draft<" not in shown(desk())


def test_a_draft_is_still_open_when_its_author_comes_back_from_another_page(desk):
    app = upload(desk(), [*rows(), PARIS])
    app.switch_page("sources.py").run()
    del app.query_params["draft"]
    app.run()
    assert "partner cities at least 40 to at least 41" in shown(app.switch_page("data_desk.py").run())


@pytest.mark.parametrize("id", ["nothing", "<script>alert(1)</script>", "x" * 10_000])
def test_a_draft_that_is_not_there_gives_a_calm_sentence_and_the_desk(desk, id):
    app = desk(draft=id)
    assert [note.value for note in app.info] == [
        "The address names a draft that is not there, or is not yours. Nothing is lost; your own drafts are listed below."
    ]
    assert "Release <b>1</b> is live" in shown(app)


def test_single_rows_and_cells_are_taken_back_and_a_step_is_undone_until_it_is_published(desk):
    lines = rows()
    app = upload(desk(), [lines[0], [*lines[1][:3], "2015-12-05", *lines[1][4:]], PARIS])
    (list_,) = [one for one in app.multiselect if one.key.startswith("reject-")]
    assert [option.replace("\N{NO-BREAK SPACE}", " ") for option in list_.options] == [
        "Agreements, Paris, Sister city, 6 May 2016 (a2), added",
        "Agreements, London, Friendship city, 5 Dec 2015 (a1), Signed: 2015-12-04 → 2015-12-05",
    ]
    list_.set_value([1]).run()
    app.button(key="reject-now").click().run()
    (draft,) = drafts(current_store(), name())
    assert draft.tables["agreements"]["signed"].tolist() == ["2015-12-04", "2016-05-06"]
    app.button(key="undo").click().run()
    (draft,) = drafts(current_store(), name())
    assert draft.tables["agreements"]["signed"].tolist() == ["2015-12-05", "2016-05-06"]
    app.button(key="undo").click().run()
    assert drafts(current_store(), name()) == ()
    assert current_store().newest() == 1


def test_a_row_that_others_need_is_not_taken_back_alone(desk):
    app = upload(desk(), [*rows("sources"), ["s2", *rows("sources")[1][1:]]], "sources.csv")
    app = upload(app, [*rows(), [*PARIS[:8], "s2", *PARIS[9:]]])
    (list_,) = [one for one in app.multiselect if one.key.startswith("reject-")]
    list_.set_value([0]).run()
    assert "has no row" in shown(app.button(key="reject-now").click().run())
    (draft,) = drafts(current_store(), name())
    assert set(draft.tables) == {"sources", "agreements"}


def test_who_is_overtaken_is_told_and_comes_on_top_without_losing_either(desk):
    app = upload(desk(), [*rows(), PARIS])
    add_rome()
    html = shown(publish(app))
    assert "Release 2 was published meanwhile" in html
    assert "Rome signed" in html
    assert "It overwrites nothing" in html
    assert current_store().newest() == 2
    app.button(key="rebase").click().run()
    # London, Rome and now Paris: 41 becomes 42.
    assert "1 agreement added, partner cities at least 41 to at least 42" in shown(app)
    assert "Release 3 published" in shown(publish(app))
    assert list(current_release().tables["agreements"]["city_id"]) == ["london", "rome", "paris"]


def test_what_a_draft_would_overwrite_of_a_newer_release_is_shown_cell_by_cell(desk):
    first = [*rows()[0:1], [*rows()[1][:3], "2015-12-05", *rows()[1][4:]]]
    app = upload(desk(), first)
    release = current_release()
    theirs = raw(release, "agreements").assign(signed="2015-12-06")
    current_store().publish(candidate(release, {"agreements": theirs})[0], parent=1, author="somebody", note="A day later", removals=0)
    html = shown(app.run())
    assert "It would overwrite 1 cell" in html
    assert "<del><bdi>2015-12-06</bdi></del> → <ins><bdi>2015-12-05</bdi></ins>" in html


def test_a_file_downloaded_from_an_older_release_takes_nothing_back_that_was_published_since(desk):
    old = rows()
    add_rome()
    app = upload(desk(), [*old, PARIS], name="agreements_release-1_en.csv")
    assert "Release 2 was published meanwhile" in shown(app)
    app.button(key="rebase").click().run()
    assert "1 agreement added, partner cities at least 41 to at least 42" in shown(app)


def fill(app: AppTest, of="cell-agreements-", **cells: str) -> AppTest:
    """Type into the fields of a row, or choose there."""
    for column, value in cells.items():
        (field,) = [one for one in [*app.text_input, *app.selectbox] if one.key.startswith(of) and one.key.endswith(f"-0-{column}")]
        field.set_value(value)
    return app.run()


def press(app: AppTest, key: str) -> AppTest:
    (button,) = [one for one in app.button if one.key and one.key.startswith(key)]
    return button.click().run()


def test_a_form_adds_a_row_with_a_new_source(desk):
    app = desk(how="row")
    app.segmented_control(key="row-way").set_value("add").run()
    app = fill(app, agreement_id="a2", city_id="paris", type="sister", signed="2016년 5월", role="primary", source_id="\0new")
    assert "must not be empty" in shown(press(app, "keep-"))
    assert current_store().newest() == 1
    app = press(fill(app, of="cell-source-", title="A list", source_id="s2"), "keep-")
    html = shown(app)
    assert "1 source added, 1 agreement added, partner cities at least 40 to at least 41" in html
    assert "Release 2 published" in shown(publish(app))
    row = current_release().tables["agreements"].iloc[1]
    assert (row["city_id"], row["signed"], row["source_id"]) == ("paris", "2016-05", "s2")


def edit(app: AppTest, **edits: object) -> AppTest:
    """The grid after these edits of the data editor, taken into the draft."""
    (table,) = app.data_editor
    app.session_state[table.key] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | edits
    return press(app.run(), "grid-keep")


def test_a_grid_takes_typed_and_pasted_cells_with_the_checks_of_a_file(desk):
    typed = {"edited_rows": {0: {"type": "자매도시"}}, "added_rows": [{"agreement_id": "a2", "city_id": "Paris", "role": "primary"}]}
    app = edit(desk(how="grid"), **typed)
    assert "must not be empty" in shown(app)
    typed["added_rows"][0] |= {"type": "sister", "signed": "2016년 5월", "source_id": "s1"}
    html = shown(edit(app, **typed))
    assert "1 agreement added, 1 agreement changed" in html
    assert "2016-05" in html


def test_a_grid_removes_a_row_which_publishing_asks_to_confirm(desk):
    app = edit(desk(how="grid"), deleted_rows=[0])
    assert "1 agreement removed" in shown(app)
    publish(app)
    assert current_store().newest() == 1


def test_a_form_corrects_a_row_and_removes_one(desk):
    app = desk(how="row")
    which = next(one for one in app.selectbox if one.key.startswith("row-agreements"))
    assert which.options == ["London, Friendship city, 4 Dec 2015 (a1)"]
    which.set_value(0).run()
    app = press(fill(app, signed="2015-12-05"), "keep-")
    assert "<del><bdi>2015-12-04</bdi></del> → <ins><bdi>2015-12-05</bdi></ins>" in shown(app)
    which = next(one for one in app.selectbox if one.key.startswith("row-agreements"))
    which.set_value(0).run()
    assert "1 agreement removed" in shown(press(app, "remove-"))


def recipe(desk, name: str) -> AppTest:
    """The desk as the link of a recipe opens it."""
    (link,) = [one.proto for one in desk().get("page_link") if one.proto.label.replace("\\", "") == name]
    return desk(**dict(parse_qsl(link.query_string)))


def mark(app: AppTest, way: str) -> AppTest:
    """Say what the changed values are, which publishing asks."""
    return next(radio for radio in app.radio if radio.key.startswith("mark-")).set_value(way).run()


def test_the_recipe_for_the_end_of_a_tie_keeps_its_row_with_an_end(desk):
    app = recipe(desk, "A tie has ended")
    next(one for one in app.selectbox if one.key.startswith("row-agreements")).set_value(0).run()
    publish(mark(press(fill(app, ended="2019"), "keep-"), "revision"), "The city's list")
    assert current_release().tables["agreements"].iloc[0][["city_id", "ended", "role"]].tolist() == ["london", "2019", "primary"]


def test_the_recipe_for_a_correction_leads_to_any_table_and_row(desk):
    app = recipe(desk, "A date or figure is wrong")
    app.selectbox(key="row-table").set_value("published_counts").run()
    next(one for one in app.selectbox if one.key.startswith("row-published_counts")).set_value(0).run()
    publish(mark(press(fill(app, of="cell-published_counts-", value="40"), "keep-"), "correction"), "A misprint")
    assert current_release().tables["published_counts"]["value"].tolist() == [40]


@pytest.mark.parametrize("name", ["A new sister city", "Friendship becomes sister city"])
def test_the_recipes_for_a_new_tie_and_an_upgrade_lead_to_the_form_that_test_entry_fills(desk, name):
    app = recipe(desk, name)
    assert next(one for one in app.segmented_control if one.key == "control-form").value == "new_partner"


def test_a_row_with_a_fault_stays_in_the_form_and_out_of_the_draft(desk):
    app = desk(how="row")
    app.segmented_control(key="row-way").set_value("add").run()
    app = fill(app, agreement_id="a1", city_id="paris", type="sister", signed="someday", role="primary", source_id="s1")
    html = shown(press(app, "keep-"))
    assert "“someday” is no date" in html
    assert "“a1” is already in row 2" in html
    assert "draft" not in app.query_params


def test_the_whole_package_comes_back_as_it_was_taken(desk):
    app = desk()
    app.file_uploader[0].set_value([("package.zip", as_package(current_release()), "application/zip")]).run()
    assert "The data say the same as release 1" in shown(app.button(key="desk-check").click().run())


def test_hostile_cells_are_shown_and_never_read(desk):
    hostile = "<img src=x onerror=alert(1)> [a](http://a.example) $$x$$ \u202e"
    lines = rows("sources")
    app = upload(desk(), [*lines, ["s2", hostile + "x" * 10_000, *[""] * (len(lines[0]) - 2)]], name="sources.csv")
    html = shown(app)
    assert "<img" not in html
    assert "&lt;img src=x" in html
    assert "x" * 500 not in html


def test_the_author_alone_previews_every_page_and_leaves_it_at_the_desk(desk):
    app = upload(desk(), [*rows(), PARIS])
    app.button(key="desk-preview").click().run()
    assert "41" in shown(app)
    assert "Preview of unpublished data" in shown(app)
    assert "Preview of unpublished data" not in shown(app.switch_page("data_desk.py").run())
    assert "<b>at least 40 cities</b>" in shown(desk(visitor=None).switch_page("overview.py").run())


def test_a_draft_that_fits_no_more_says_why_and_can_be_thrown_away(desk):
    desk()
    table = raw(current_release(), "agreements").assign(type="rival")
    id = DraftWorkspace(current_store(), AT_THE_MACHINE, name()).keep({"agreements": table}, base=current_release(1))
    app = desk(draft=id)
    assert "“rival” is not in the table" in shown(app)
    assert not app.text_area
    assert "The draft was discarded" in shown(app.button(key=f"discard-{id}").click().run())


def test_what_is_new_in_the_data_folder_is_reviewed_as_a_draft_or_declined(desk, tmp_path):
    assert "New in the data folder" not in shown(desk())
    write(tmp_path / "data", WORLD | {"cities": WORLD["cities"].replace("2100000", "2100001")})
    app = desk()
    assert "New in the data folder" in shown(app)
    app.button(key="offer-review").click().run()
    assert "New in the data folder" not in shown(app)
    (draft,) = drafts(current_store(), name())
    assert "2100001" in set(draft.tables["cities"]["population"])
    assert current_release().number == 1
    again = desk()
    again.button(key="offer-decline").click().run()
    assert "New in the data folder" not in shown(again)


def test_of_a_table_without_rows_the_desk_says_what_it_is_for(desk):
    assert about("commitments", "en") in shown(desk(data="commitments"))


def test_a_proposed_state_of_a_relation_goes_into_the_draft_by_a_persons_word(desk, monkeypatch, tmp_path):
    contacts = "contact_id,city_id,date,kind,level,status,subject_en,subject_ko,role,source_id\n"
    contacts += "c1,paris,2020-01-02,event,mayor,held,Talks,면담,primary,s1\n"
    monkeypatch.setenv("DASHBOARD_DATA", str(write(tmp_path / "met", WORLD | {"contacts": contacts})))
    app = desk(as_of="2026-06-30")
    assert "1 relation needs its state confirmed" in "".join(box.label for box in app.expander)
    app.multiselect(key="review-cities").set_value(["london"]).run()
    app.text_input(key="review-office").set_value("Europe desk").run()
    app.button(key="review-take").click().run()
    assert "1 state is in the draft now" in shown(app)
    (draft,) = drafts(current_store(), name())
    (row,) = draft.tables["relation_states"].to_dict("records")
    assert (row["city_id"], row["state"], row["date"], row["decided_by_en"], row["source_id"]) == (
        "london", "quiet", "2026-06-30", "Europe desk", "s1",
    )  # fmt: skip
    assert row["reason_en"].startswith("No contact on record, in sources looked through to ")
