"""A place at the desk: whoever may not sit there changes nothing, whatever she calls; files name the release they came from."""

from time import time

import pytest

from publishing.access.audit_log import records
from publishing.access.rights import AT_THE_MACHINE, Visitor, rules_from, signed_in
from publishing.changes.rows import entered, raw
from publishing.desk.desk import DraftWorkspace, drafts, made_on
from publishing.files.table_text import as_text
from publishing.store.errors import NotAllowed, NotApproved
from publishing.store.releases import candidate, read_folder
from publishing.store.store import open_store
from tests.worlds import ONE_ROW, write

STRANGER = Visitor("0.0.0.0", "203.0.113.9", (("host", "dashboard.city.example"),))


@pytest.fixture
def store(tmp_path):
    return open_store(tmp_path / "state", write(tmp_path / "data", ONE_ROW))


@pytest.mark.parametrize(
    "act",
    [
        lambda workspace: workspace.adopt(),
        lambda workspace: workspace.drafts(),
        lambda workspace: workspace.draft("x"),
        lambda workspace: workspace.keep({}, base=workspace.store.release(1)),
        lambda workspace: workspace.drop("x"),
        lambda workspace: workspace.publish(workspace.store.release(1), parent=workspace.store.release(1), note="", removals=0),
        lambda workspace: workspace.restore(1, parent=workspace.store.release(1), note=""),
    ],
)
def test_a_stranger_can_do_nothing_at_the_desk(store, act):
    with pytest.raises(NotAllowed):
        act(DraftWorkspace(store, STRANGER, "somebody"))
    assert store.newest() == 1
    assert drafts(store, "somebody") == ()


def test_the_person_at_the_machine_keeps_a_draft_and_replaces_it(store):
    workspace = DraftWorkspace(store, AT_THE_MACHINE, "me")
    table = raw(store.release(1), "agreements")
    id = workspace.keep({"agreements": table}, base=store.release(1))
    assert workspace.keep({"agreements": table.iloc[:0]}, base=store.release(1), id=id) == id
    assert [len(draft.tables["agreements"]) for draft in workspace.drafts()] == [0]
    workspace.drop(id)
    assert workspace.draft(id) is None


def test_drafts_belong_to_who_signed_in_and_not_to_an_address(store):
    rules = rules_from({"auth": {"client_id": "x"}, "access": {"analysts": ["staff"], "claim": "groups"}})

    def workspace(sub: str, email: str) -> DraftWorkspace:
        signed = signed_in({"iss": "https://id.example", "sub": sub, "email": email, "email_verified": True, "groups": "staff"}, rules)
        return DraftWorkspace(store, Visitor("", "203.0.113.9", signed=signed), signed.known_as, rules)

    workspace("1", "kim@city.example").keep({}, base=store.release(1))
    others = [workspace("2", "kim@city.example"), workspace("2", "\u212aim@city.example"), workspace("1", "kim.minji@city.example")]
    for owner in others:
        owner.adopt()
    assert [len(owner.drafts()) for owner in others] == [0, 0, 1]


TWO = rules_from({"auth": {"client_id": "x"}, "access": {"analysts": ["kim@city.example", "park@city.example"], "second_person": True}})


def seat(store, name: str) -> DraftWorkspace:
    """The desk of an analyst who has just signed in, where a second person has to approve."""
    claims = {"iss": "https://id.example", "sub": name, "email": f"{name}@city.example", "email_verified": True, "iat": time()}
    signed = signed_in(claims, TWO)
    return DraftWorkspace(store, Visitor("", "203.0.113.9", signed=signed), signed.known_as, TWO)


def test_nothing_is_published_before_a_second_person_approved_exactly_that(store):
    kim, park, base = seat(store, "kim"), seat(store, "park"), store.release(1)
    tables = {"agreements": raw(base, "agreements").assign(signed="2015-12-05")}
    id = kim.keep(tables, base=base)
    made, changed = (candidate(base, drafted)[0] for drafted in (tables, {"agreements": raw(base, "agreements").assign(signed="2016")}))
    done = {"parent": base, "note": "As signed", "removals": 0}
    for refused in (lambda: kim.publish(made, **done), lambda: kim.approve(made, kim.draft(id)), lambda: park.publish(made, **done)):
        with pytest.raises(NotApproved):
            refused()
    park.approve(made, park.draft(id))
    with pytest.raises(NotApproved):
        kim.publish(changed, **done)
    assert store.newest() == 1
    assert kim.publish(made, **done).number == 2
    assert [(act.act, act.who) for act in records(store)[:2]] == [("published", "kim@city.example"), ("approved", "park@city.example")]


def test_a_colleague_opens_a_draft_by_its_id_and_changes_only_a_copy(store):
    kim, park, base = seat(store, "kim"), seat(store, "park"), store.release(1)
    id = kim.keep({}, base=base)
    theirs = park.draft(id)
    copy = park.keep(theirs.tables, base=base, id=id)
    park.drop(id)
    assert copy != id
    assert [draft.id for draft in kim.drafts()] == [id]
    assert [draft.id for draft in park.drafts()] == [copy]


@pytest.mark.parametrize(
    "names, number",
    [
        (["agreements.csv"], 12),
        (["agreements_release-11_en.csv"], 11),
        (["agreements_release-11_en (1).csv", "fund_release-9_ko.xlsx"], 9),
        (["urban-diplomacy_release-3.zip"], 3),
        (["x_release-99.csv"], 12),
        (["x_release-0.csv", "_release-.csv", "_release-99999999999999999999.csv"], 12),
    ],
)
def test_a_downloaded_file_tells_by_its_name_from_which_release_it_is(names, number):
    assert made_on(names, 12) == number


def test_a_typed_row_is_read_as_a_row_of_a_file_is(tmp_path):
    release = read_folder(write(tmp_path, ONE_ROW))
    (cells,) = raw(release, "agreements").to_dict("records")
    entry = entered("agreements", {**cells, "signed": "2015년 12월 4일", "note_en": 'a; "b",\nc', "note_ko": "가"})
    (row,) = entry.tables["agreements"].to_dict("records")
    assert (row["signed"], row["note_en"]) == ("2015-12-04", 'a; "b",\nc')
    assert [reading.kind for reading in entry.read_as] == ["date"]
    assert entry.problems == ()


def test_typed_rows_become_text_as_files_hold_them(tmp_path):
    release = read_folder(write(tmp_path, ONE_ROW))
    assert as_text(release.tables["fund"])["value"].tolist() == ["2700000000"]
