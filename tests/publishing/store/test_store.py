"""The store of releases: what is published stays, reads back the same, and is whole or named as damaged."""

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.schema.migrations import rows_of_missing, tables_added
from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from metrics.schema.vocabulary import FAMILY
from publishing.access.rights import AT_THE_MACHINE
from publishing.desk.desk import HIDDEN_FOR, KEPT_FOR, DraftWorkspace, draft, drafts
from publishing.files.table_text import canonical
from publishing.store.errors import DamagedRelease, NewerRelease, NoSuchRelease, NothingChanged, StoreUnreachable, UnconfirmedRemovals
from publishing.store.releases import UnreadableRelease, digest, release_digest
from publishing.store.store import FILE, open_store
from tests.worlds import ONE_ROW, world, write

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NETWORKS = "network_id,name_en,name_ko,source_id\n"


WORLD = world(**ONE_ROW)


def with_networks(*names: str, base: Release = WORLD) -> Release:
    """A release, without another one the one-row world, with networks of these names."""
    rows = "".join(f"{name},{name.upper()},{name},s1\n" for name in names)
    networks = world(sources=ONE_ROW["sources"], networks=NETWORKS + rows).tables["networks"]
    return Release(0, "", {**base.tables, "networks": networks})


def content(release: Release) -> dict[str, bytes]:
    return {name: canonical(name, release.tables[name]) for name in TABLES}


@pytest.fixture
def opened(tmp_path, address):
    """`opened(**options)` -> the store of the one-row world, opened anew each time; it is noon. In both databases."""
    stores = []
    seed = write(tmp_path / "data", ONE_ROW)

    def open_again(**options):
        stores.append(open_store(tmp_path / "state", seed, **({"clock": lambda: NOON, "patience": 0.2, "address": address} | options)))
        return stores[-1]

    yield open_again
    for store in stores:
        store.engine.dispose()


@pytest.fixture
def store(opened):
    return opened()


in_a_file = pytest.mark.parametrize("address", [""], ids=["sqlite"])
"""For what is true of a file and of no server."""


def publish(store, *names, **options):
    parent = options.get("parent", store.newest())
    options = {"parent": parent, "author": "park", "note": "why"} | options
    return store.publish(with_networks(*names, base=store.release(parent)), **options)


def test_the_first_start_makes_release_1_from_the_seed_folder(store):
    (first,) = store.history()
    assert (first.number, first.parent, first.kind, first.at) == (1, None, "first", NOON)
    assert first.changes["cities"] == (2, 0, 0)
    assert content(store.release(1)) == content(WORLD)


def test_a_later_start_finds_the_store_and_needs_no_seed(opened, tmp_path):
    before = opened().history()
    (tmp_path / "data" / "cities.csv").write_text("broken")
    assert opened().history() == before


def test_a_broken_seed_leaves_nothing_behind_and_a_mended_one_makes_the_store(tmp_path):
    seed = write(tmp_path / "data", ONE_ROW)
    (seed / "cities.csv").write_text("city_id\nseoul\n")
    with pytest.raises(UnreadableRelease):
        open_store(tmp_path / "state", seed)
    assert not (tmp_path / "state").exists()
    assert open_store(tmp_path / "state", write(seed, ONE_ROW)).newest() == 1


@in_a_file
def test_a_file_without_tables_was_cut_off_and_is_never_begun_anew(opened, tmp_path):
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / FILE).touch()
    with pytest.raises(StoreUnreachable):
        opened()
    assert (tmp_path / "state" / FILE).read_bytes() == b""


def test_publishing_makes_the_next_number_and_says_who_when_why_and_what(store):
    made = publish(store, "wego", "c40")
    assert (made.number, made.parent, made.kind, made.restored) == (2, 1, "publish", None)
    assert (made.author, made.note, made.at) == ("park", "why", NOON)
    assert made.changes == {"networks": (2, 0, 0)}
    assert store.newest() == 2
    assert store.entry(2) == made == store.history()[0]
    assert (store.release(2).number, store.release(2).digest) == (2, made.digest)
    assert content(store.release(2)) == content(with_networks("wego", "c40"))
    assert content(store.release(1)) == content(WORLD)


def test_tables_that_did_not_change_are_kept_once_on_disk_and_in_memory(store, raw):
    different = len(set(content(store.release(1)).values()))
    publish(store, "wego")
    publish(store, "wego", "c40")
    assert raw("SELECT count(*) FROM blobs") == [(different + 2,)]
    second, third = store.release(2), store.release(3)
    assert [name for name in TABLES if second.tables[name] is not third.tables[name]] == ["networks"]


def test_publishing_on_an_older_release_is_refused_with_the_number_in_force(store):
    publish(store, "wego")
    with pytest.raises(NewerRelease) as refused:
        publish(store, "c40", parent=1)
    assert refused.value.newest == 2
    assert store.newest() == 2


def test_what_says_the_same_is_not_published(store):
    with pytest.raises(NothingChanged):
        store.publish(WORLD, parent=1, author="park", note="")
    with pytest.raises(NothingChanged):
        store.restore(1, parent=1, author="park", note="")
    assert store.newest() == 1


@pytest.mark.parametrize("confirmed", [0, 1, 3])
def test_removals_are_confirmed_by_their_number(store, confirmed):
    publish(store, "wego", "c40", "icle")
    with pytest.raises(UnconfirmedRemovals) as refused:
        publish(store, "wego", removals=confirmed)
    assert refused.value.found == 2
    assert publish(store, "wego", removals=2).changes == {"networks": (0, 0, 2)}


def test_a_candidate_with_faults_is_refused_by_the_store_itself(store):
    unknown = world(**(ONE_ROW | {"networks": f"{NETWORKS}wego,WeGO,위고,hearsay\n"}))
    with pytest.raises(UnreadableRelease) as refused:
        store.publish(unknown, parent=1, author="park", note="")
    assert [problem.kind for problem in refused.value.problems] == ["unknown_reference"]
    assert store.newest() == 1


def test_restoring_makes_a_new_release_and_leaves_the_history_as_it_was(store):
    publish(store, "wego")
    before = store.history()
    made = store.restore(1, parent=2, author="kim", note="back")
    assert (made.number, made.parent, made.kind, made.restored, made.author) == (3, 2, "restore", 1, "kim")
    assert made.digest == store.entry(1).digest
    assert made.changes == {"networks": (0, 0, 1)}
    assert store.history() == (made, *before)
    assert content(store.release(3)) == content(store.release(1))


LATER = sorted(tables_added())


@pytest.fixture
def old(store, raw):
    """A store whose release 1 was made before the later tables were declared."""
    older = release_digest({name: digest(cells) for name, cells in content(WORLD).items() if name not in LATER})
    for name in LATER:
        raw("DELETE FROM contents WHERE name = :name", name=name)
    raw("UPDATE releases SET digest = :older", older=older)
    return store


def test_a_release_made_before_a_table_was_declared_reads_with_its_digest_and_has_no_rows_in_it_but_the_standard_words(old):
    first = old.release(1)
    assert first.digest == old.entry(1).digest != release_digest({name: digest(cells) for name, cells in content(WORLD).items()})
    assert content(first) == content(WORLD)
    assert [len(first.tables[name]) for name in LATER] == [len(rows_of_missing(name)) for name in LATER]
    assert {name for name in LATER if len(first.tables[name])} == set(FAMILY)


def test_an_old_release_is_published_on_and_restored(old):
    notes = "annotation_id,kind,start,lasting,label_en,label_ko,title_en,title_ko,source_id\na,plan,2017,no,Plan,계획,A plan,한 계획,s1\n"
    draft = world(**(ONE_ROW | {"annotations": notes}))
    assert old.publish(draft, parent=1, author="park", note="").changes == {"annotations": (1, 0, 0)}
    assert old.restore(1, parent=2, author="park", note="").changes == {"annotations": (0, 0, 1)}
    assert old.release(3).digest == old.release(1).digest
    with pytest.raises(NothingChanged):
        old.publish(WORLD, parent=3, author="park", note="")


def test_a_number_that_was_never_given_is_told(store):
    for ask in (store.release, store.entry, lambda number: store.restore(number, parent=1, author="", note="")):
        with pytest.raises(NoSuchRelease) as refused:
            ask(7)
        assert refused.value.number == 7


def gone(store, names):
    return len(set(store.release(store.newest()).tables["networks"]["network_id"]) - names)


STEPS = st.lists(st.tuples(st.sampled_from(["publish", "restore"]), st.sets(st.sampled_from("abcd")), st.integers(1, 6)), max_size=6)


@pytest.fixture(scope="module")
def rooms(tmp_path_factory):
    """A folder with a new store of the one-row world for each call."""
    first = tmp_path_factory.mktemp("first")
    open_store(first, write(first / "data", ONE_ROW)).engine.dispose()
    return lambda: shutil.copytree(first, tmp_path_factory.mktemp("law") / "state")


@given(STEPS)
@settings(max_examples=max(settings().max_examples // 10, 1), deadline=None)
def test_after_any_publications_and_restorations_every_release_reads_as_it_did(rooms, steps):
    room = rooms()
    store = open_store(room, room / "data")
    contents = {1: content(store.release(1))}
    for step, names, number in steps:
        newest = store.newest()
        try:
            if step == "restore":
                made = store.restore(min(number, newest), parent=newest, author="", note="")
                assert content(store.release(made.number)) == contents[min(number, newest)]
            else:
                made = publish(store, *sorted(names), removals=gone(store, names))
            contents[made.number] = content(store.release(made.number))
        except NothingChanged:
            assert store.newest() == newest
    store.engine.dispose()
    again = open_store(room, room / "data")
    assert {entry.number: content(again.release(entry.number)) for entry in again.history()} == contents
    again.engine.dispose()


def test_of_two_who_publish_at_once_one_wins_and_the_other_is_told(opened):
    ready, results = Barrier(2), []

    def analyst(store, name):
        ready.wait()
        try:
            results.append(("won", publish(store, name, parent=1).number))
        except NewerRelease as newer:
            results.append(("newer", newer.newest))

    opened()
    both = [Thread(target=analyst, args=(opened(patience=10), name)) for name in ("wego", "c40")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert Counter(results) == {("won", 2): 1, ("newer", 2): 1}


def digest_of(raw, number, name):
    return raw("SELECT digest FROM contents WHERE release = :number AND name = :name", number=number, name=name)[0][0]


DAMAGE = {
    "another content": "UPDATE blobs SET content = (SELECT content FROM blobs WHERE digest <> :key LIMIT 1) WHERE digest = :key",
    "a cut content": "UPDATE blobs SET content = substr(content, 1, 20) WHERE digest = :key",
    "no bytes": "UPDATE blobs SET content = 'text' WHERE digest = :key",
    "no content": "DELETE FROM blobs WHERE digest = :key",
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_table_is_named_and_the_last_whole_release_serves(store, raw, how, caplog):
    publish(store, "wego")
    publish(store, "wego", "c40")
    raw(DAMAGE[how], key=digest_of(raw, 3, "networks"))
    with pytest.raises(DamagedRelease) as damaged:
        store.release(3)
    assert (damaged.value.number, damaged.value.tables) == (3, ("networks",))
    assert "Release 3 is damaged in networks" in caplog.text
    assert store.in_force().number == 2
    assert content(store.release(2)) == content(with_networks("wego"))


@pytest.mark.parametrize(
    "how", ["DELETE FROM contents WHERE release = 2 AND name = 'cities'", "UPDATE releases SET digest = 'other' WHERE number = 2"]
)
def test_a_release_whose_list_of_tables_was_changed_is_damaged(store, raw, how):
    publish(store, "wego")
    raw(how)
    with pytest.raises(DamagedRelease) as damaged:
        store.release(2)
    assert damaged.value.tables == ()


def test_when_no_release_is_whole_the_oldest_is_named(store, raw):
    publish(store, "wego")
    raw("UPDATE blobs SET content = :nothing", nothing=b"\0")
    with pytest.raises(DamagedRelease) as damaged:
        store.in_force()
    assert damaged.value.number == 1


def test_on_a_damaged_release_one_publishes_from_the_whole_one_that_readers_see(store, raw):
    publish(store, "wego")
    publish(store, "wego", "c40")
    raw(DAMAGE["no bytes"], key=digest_of(raw, 3, "networks"))
    with pytest.raises(NewerRelease):
        publish(store, "iclei", parent=1)
    made = publish(store, "wego", "iclei", parent=2)
    assert (made.number, made.parent, made.changes) == (4, 3, {"networks": (1, 0, 0)})
    assert store.in_force().number == 4


def test_publishing_what_was_damaged_mends_it(store, raw):
    publish(store, "wego")
    raw(DAMAGE["a cut content"], key=digest_of(raw, 2, "networks"))
    publish(store, "wego", parent=1)
    assert content(store.release(2)) == content(store.release(3)) == content(with_networks("wego"))


def test_a_table_that_was_declared_later_is_empty_in_an_older_release(store, raw):
    without = {name: key for name, key in raw("SELECT name, digest FROM contents WHERE release = 1 ORDER BY name") if name != "events"}
    raw("DELETE FROM contents WHERE release = 1 AND name = 'events'")
    raw("UPDATE releases SET digest = :other WHERE number = 1", other=release_digest(without))
    assert len(store.release(1).tables["events"]) == 0
    assert list(store.release(1).tables) == list(TABLES)


@in_a_file
def test_a_locked_store_still_reads_and_refuses_to_publish(store, tmp_path):
    with closing(sqlite3.connect(tmp_path / "state" / FILE)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnreachable):
            publish(store, "wego")
        assert store.newest() == 1
    assert publish(store, "wego").number == 2


@in_a_file
def test_a_store_that_is_gone_is_unreachable_until_it_is_back(store, tmp_path):
    publish(store, "wego")
    second = store.release(2)
    file = tmp_path / "state" / FILE
    raw_copy = tmp_path / "copy"
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(raw_copy)) as copy:
        source.backup(copy)
    for part in (tmp_path / "state").iterdir():
        part.unlink()

    def keep():
        return DraftWorkspace(store, AT_THE_MACHINE, "park").keep({}, base=second)

    for ask in (store.newest, store.history, lambda: publish(store, "c40", parent=2), keep):
        with pytest.raises(StoreUnreachable):
            ask()
    assert not file.exists()
    raw_copy.rename(file)
    assert store.newest() == 2
    assert publish(store, "wego", "c40").number == 3


@in_a_file
@pytest.mark.parametrize("made", [lambda file: file.write_bytes(b"no database" * 1000), lambda file: file.mkdir()])
def test_a_file_that_is_no_store_is_unreachable_and_stays_as_it_is(opened, tmp_path, made):
    (tmp_path / "state").mkdir()
    made(tmp_path / "state" / FILE)
    with pytest.raises(StoreUnreachable):
        opened()
    assert [part.name for part in (tmp_path / "state").iterdir()] == [FILE]


def test_a_state_folder_that_cannot_be_made_is_unreachable(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnreachable):
        open_store(tmp_path / "file" / "state", write(tmp_path / "data", ONE_ROW))


def test_an_odd_name_of_the_state_folder_is_taken_as_it_is(tmp_path):
    odd = tmp_path / "100% 상태?mode=memory#1"
    assert open_store(odd, write(tmp_path / "data", ONE_ROW)).newest() == 1
    assert (odd / FILE).is_file()


RAW = with_networks("wego").tables["networks"]


def save_draft(store, author, tables, files=(), id=""):
    """A draft on the first release."""
    return DraftWorkspace(store, AT_THE_MACHINE, author).keep(tables, base=store.release(1), files=files, id=id)


def test_a_draft_is_kept_for_its_author_alone_and_survives_a_restart(opened):
    store = opened()
    id = save_draft(store, "park", {"networks": RAW}, ["networks.xlsx"])
    saved = draft(opened(), id, "park")
    assert (saved.author, saved.at, saved.base, saved.files) == ("park", NOON, 1, ("networks.xlsx",))
    assert saved.tables["networks"].equals(RAW)
    assert set(saved.tables["networks"].dtypes.astype(str)) == {"str"}
    assert draft(store, id, "kim") is None
    assert drafts(store, "kim") == ()
    DraftWorkspace(store, AT_THE_MACHINE, "kim").drop(id)
    assert [mine.id for mine in drafts(store, "park")] == [id]
    DraftWorkspace(store, AT_THE_MACHINE, "park").drop(id)
    assert drafts(store, "park") == ()


def test_a_draft_is_replaced_by_its_author_alone(store):
    id = save_draft(store, "park", {"networks": RAW}, ["first"])
    assert save_draft(store, "park", {}, ["second"], id=id) == id
    assert save_draft(store, "kim", {}, ["third"], id=id) != id
    assert [draft.files for draft in drafts(store, "park")] == [("second",)]


def test_a_draft_that_is_too_old_is_hidden_and_gone_a_week_later(opened, raw):
    id = save_draft(opened(), "park", {"networks": RAW})
    assert draft(opened(clock=lambda: NOON + KEPT_FOR), id, "park") is not None
    late = NOON + KEPT_FOR + timedelta(seconds=1)
    assert draft(opened(clock=lambda: late), id, "park") is None
    save_draft(opened(clock=lambda: late), "kim", {})
    save_draft(opened(clock=lambda: late + HIDDEN_FOR), "kim", {})
    assert {author for (author,) in raw("SELECT author FROM drafts")} == {"kim", "park"}
    save_draft(opened(clock=lambda: late + HIDDEN_FOR + timedelta(seconds=1)), "kim", {})
    assert {author for (author,) in raw("SELECT author FROM drafts")} == {"kim"}


def test_a_clock_that_was_years_ahead_for_a_day_throws_no_draft_away(opened):
    id = save_draft(opened(), "park", {"networks": RAW})
    for hours in range(0, 24, 6):
        ahead = NOON + timedelta(days=4000, hours=hours)
        save_draft(opened(clock=lambda ahead=ahead: ahead), "kim", {})
    save_draft(opened(), "kim", {})
    assert draft(opened(), id, "park") is not None


def test_hostile_cells_in_a_draft_come_back_as_they_were(store):
    hostile = RAW.assign(name_en="=HYPERLINK('x')\r\n\0\u202e<script>")
    id = save_draft(store, "park", {"networks": hostile})
    assert draft(store, id, "park").tables["networks"].equals(hostile)


@in_a_file
def test_the_state_folder_holds_the_store_and_nothing_else(store, tmp_path):
    publish(store, "wego")
    assert {part.name.removeprefix(FILE) for part in Path(tmp_path / "state").iterdir()} <= {"", "-wal", "-shm"}
