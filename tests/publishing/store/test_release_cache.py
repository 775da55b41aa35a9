"""The release that readers look at, and the day it is in the home city."""

import gc
import logging
import os
import shutil
import sqlite3
import stat
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import pandas as pd
import pytest

from metrics.schema.release import Release, cached_by_release
from publishing.access.rights import AT_THE_MACHINE
from publishing.desk.desk import DraftWorkspace
from publishing.store import release_cache as current
from publishing.store.backup import backup, recover
from publishing.store.errors import DamagedRelease, NewerRelease, NoSuchRelease, StoreUnreachable
from publishing.store.release_cache import AGAIN, HELD, MENDED, ReleaseCache
from publishing.store.releases import UnreadableRelease, today_at_home
from publishing.store.store import FILE, open_store
from tests.worlds import ONE_ROW, world, write

HOME = pd.DataFrame({"city_id": ["seoul"], "currency": ["KRW"], "time_zone": ["Asia/Seoul"], "source_id": ["s"]})


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self):
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def cache(tmp_path, clock):
    made = ReleaseCache(tmp_path / "state", write(tmp_path / "data", ONE_ROW), clock)
    yield made
    made.close()


@pytest.fixture
def other(tmp_path, cache):
    """The store as another process has it open."""
    cache.in_force()
    store = open_store(tmp_path / "state", tmp_path / "data")
    yield store
    store.engine.dispose()


def publish(store, *names):
    """Publish, with networks of these names."""
    base = store.release(store.newest())
    rows = "network_id,name_en,name_ko,source_id\n" + "".join(f"{name},{name},{name},s1\n" for name in names)
    networks = world(sources=ONE_ROW["sources"], networks=rows).tables["networks"]
    candidate = Release(0, "", {**base.tables, "networks": networks})
    gone = len(set(base.tables["networks"]["network_id"]) - set(names))
    return store.publish(candidate, parent=store.newest(), author="", note="", removals=gone).number


def damage(state: Path, number: int) -> None:
    with closing(sqlite3.connect(state / FILE)) as file, file:
        damaged = "SELECT digest FROM contents WHERE release = ? AND name = 'networks'"
        file.execute(f"UPDATE blobs SET content = 'gone' WHERE digest IN ({damaged})", [number])


def test_the_folder_in_the_environment_wins_over_the_projects_own(monkeypatch, tmp_path):
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    assert current.data_folder() == tmp_path
    monkeypatch.delenv("DASHBOARD_DATA")
    assert current.data_folder() == Path(current.__file__).parents[2] / "data"


def test_the_state_lies_where_it_is_told_else_beside_the_data_that_it_began_with(monkeypatch, tmp_path):
    monkeypatch.setenv("DASHBOARD_STATE", str(tmp_path / "named"))
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    assert current.state_folder() == tmp_path / "named"
    monkeypatch.delenv("DASHBOARD_STATE")
    assert current.state_folder() == tmp_path / "var"
    monkeypatch.delenv("DASHBOARD_DATA")
    assert current.state_folder() == Path(current.__file__).parents[2] / "var"


def test_a_volume_that_was_not_mounted_is_no_new_beginning(monkeypatch, tmp_path):
    monkeypatch.setenv("DASHBOARD_STATE", str(tmp_path / "volume"))
    monkeypatch.setenv("DASHBOARD_DATA", str(write(tmp_path / "data", ONE_ROW)))
    monkeypatch.setenv("DASHBOARD_BEGIN", "no")
    assert current.current_release().tables["cities"]["city_id"].tolist() == world(**ONE_ROW).tables["cities"]["city_id"].tolist()
    assert current.trouble() == "store.closed"
    assert not (tmp_path / "volume").exists()
    monkeypatch.setenv("DASHBOARD_BEGIN", "")
    assert current.current_release().number == 1
    assert current.trouble() is None


def test_a_folder_that_cannot_be_read_is_tried_again(monkeypatch, tmp_path):
    monkeypatch.delenv("DASHBOARD_STATE")
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    for _ in range(2):
        with pytest.raises(UnreadableRelease):
            current.current_release()
    write(tmp_path, ONE_ROW)
    assert current.current_release().number == 1
    assert current.current_store().newest() == 1
    assert current.trouble() is None


def test_the_same_number_is_the_same_object_and_a_new_one_is_seen_at_once(cache, other):
    first = cache.in_force()
    assert cache.in_force() is first is cache.release(1)
    publish(other, "wego")
    second = cache.in_force()
    assert (second.number, cache.trouble) == (2, None)
    assert cache.in_force() is second
    assert cache.release(1) is first


def test_a_few_releases_are_held_and_the_one_not_asked_for_longest_goes(cache, other):
    first_release = cache.in_force()
    for number in range(HELD):
        publish(other, f"n{number}")
        cache.in_force()
        assert cache.release(1) is first_release
    second = cache.release(2)
    assert second is cache.release(2)
    for number in range(2, HELD + 2):
        cache.release(number)
    assert cache.release(1) is not first_release


def test_a_release_that_the_server_began_with_goes_like_any_other(cache, other):
    itself = cached_by_release()(lambda release: (release,))
    itself(cache.in_force())
    first = weakref.ref(cache.in_force())
    gc.collect()
    gc.freeze()  # as serving/startup.py does
    try:
        for number in range(HELD):
            publish(other, f"n{number}")
            cache.in_force()
        gc.collect()
        assert first() is None
    finally:
        gc.unfreeze()


def test_many_readers_at_once_get_one_object(cache):
    with ThreadPoolExecutor(8) as readers:
        releases = list(readers.map(lambda _: cache.in_force(), range(16)))
    assert {id(release) for release in releases} == {id(releases[0])}


def test_a_number_that_there_is_not_is_told_and_leaves_nothing(cache):
    for number in (0, 7, 10**30):
        with pytest.raises(NoSuchRelease):
            cache.release(number)


def test_a_store_that_is_gone_leaves_the_release_that_is_held_and_says_so(cache, other, tmp_path, clock, caplog):
    publish(other, "wego")
    release = cache.in_force()
    shutil.move(tmp_path / "state", tmp_path / "away")
    assert cache.in_force() is release
    assert cache.trouble == "store.unreachable"
    assert cache.release(2) is release
    with pytest.raises(StoreUnreachable):
        cache.store().release(1)
    shutil.move(tmp_path / "away", tmp_path / "state")
    assert cache.in_force() is release
    assert cache.trouble == "store.unreachable"
    clock.now += AGAIN
    assert cache.in_force() is release
    assert cache.trouble is None
    warnings = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert warnings == ["The release in force: store.unreachable", "The release in force: all is well again"]


def test_where_there_can_be_no_store_the_data_folder_serves_and_the_desk_is_closed(tmp_path, clock):
    (tmp_path / "file").touch()
    cache = ReleaseCache(tmp_path / "file" / "state", write(tmp_path / "data", ONE_ROW), clock)
    seed = cache.in_force()
    assert (len(seed.tables["cities"]), cache.trouble) == (2, "store.closed")
    assert cache.in_force() is seed
    clock.now += AGAIN
    assert (cache.in_force() is seed, cache.trouble) == (True, "store.closed")
    with pytest.raises(StoreUnreachable):
        cache.store()
    (tmp_path / "file").unlink()
    clock.now += AGAIN
    assert (cache.in_force().number, cache.trouble) == (1, None)
    cache.close()


def test_readers_wait_once_at_most_for_a_database_that_does_not_answer(tmp_path, clock, monkeypatch):
    calls, answer = [], Event()

    def away(*_, **__):
        calls.append(None)
        answer.wait(30)
        raise StoreUnreachable("no answer")

    monkeypatch.setattr(current, "open_store", away)
    cache = ReleaseCache(tmp_path / "state", write(tmp_path / "data", ONE_ROW), clock)
    with ThreadPoolExecutor(8) as readers:
        waiting = [readers.submit(cache.in_force) for _ in range(8)]
        answer.set()
        assert {future.result(30).number for future in waiting} == {0}
    assert (len(calls), cache.trouble) == (1, "store.closed")
    answer.clear()
    clock.now += AGAIN
    with ThreadPoolExecutor(1) as readers:
        looking = readers.submit(cache.in_force)
        while len(calls) < 2:
            assert not looking.done()
        assert cache.in_force().number == 0  # at once, while another looks
        answer.set()
    assert len(calls) == 2


def test_where_the_newest_release_is_damaged_the_last_whole_one_serves_until_another_is_published(cache, other, tmp_path, caplog):
    publish(other, "wego")
    second = cache.in_force()
    publish(other, "wego", "c40")
    damage(tmp_path / "state", 3)
    for _ in range(3):
        assert cache.in_force() is second
    assert cache.trouble == "store.damaged"
    assert [record.getMessage() for record in caplog.records].count("Release 3 is damaged in networks") == 1
    with pytest.raises(DamagedRelease):
        cache.release(3)
    base = other.release(2)
    candidate = Release(0, "", {**base.tables, "networks": base.tables["networks"].assign(name_en="renamed")})
    other.publish(candidate, parent=2, author="", note="")
    assert (cache.in_force().number, cache.trouble) == (4, None)


def test_a_damaged_release_that_was_mended_is_found_after_a_while(cache, other, tmp_path, clock):
    publish(other, "wego")
    shutil.copytree(tmp_path / "state", tmp_path / "copy")
    damage(tmp_path / "state", 2)
    assert (cache.in_force().number, cache.trouble) == (1, "store.damaged")
    with closing(sqlite3.connect(tmp_path / "state" / FILE)) as file, file:
        file.execute("ATTACH ? AS copy", [str(tmp_path / "copy" / FILE)])
        file.execute("UPDATE blobs SET content = (SELECT content FROM copy.blobs AS whole WHERE whole.digest = blobs.digest)")
    assert cache.in_force().number == 1
    clock.now += MENDED
    assert (cache.in_force().number, cache.trouble) == (2, None)


def test_where_no_release_is_whole_the_data_folder_serves(tmp_path, clock):
    seed = write(tmp_path / "data", ONE_ROW)
    open_store(tmp_path / "state", seed).engine.dispose()
    damage(tmp_path / "state", 1)
    cache = ReleaseCache(tmp_path / "state", seed, clock)
    for _ in range(2):
        assert (len(cache.in_force().tables["cities"]), cache.trouble) == (2, "store.damaged")
    cache.close()


def test_in_the_home_city_it_can_be_tomorrow_already():
    late_in_london = datetime(2020, 2, 28, 15, 30, tzinfo=UTC)  # 00:30 on 29 February in Seoul, nine hours ahead
    assert today_at_home(Release(1, "", {"home": HOME}), late_in_london.astimezone) == date(2020, 2, 29)


def test_a_store_that_was_recovered_under_a_running_server_is_seen_and_nothing_old_is_published_on_it(cache, other, clock, tmp_path):
    publish(other, "wego")
    backup(other.engine, tmp_path / "kept.zip")
    publish(other, "c40")
    stale = cache.in_force()
    assert stale.number == 3
    recover(other.engine, tmp_path / "kept.zip", replace=True)
    publish(other, "uclg")
    clock.now += AGAIN + 1
    assert cache.release(3).digest != stale.digest
    assert list(cache.in_force().tables["networks"]["network_id"]) == ["uclg"]
    with pytest.raises(NewerRelease):
        cache.store().publish(stale, parent=3, digest=stale.digest, author="", note="")
    with pytest.raises(NewerRelease):
        DraftWorkspace(cache.store(), AT_THE_MACHINE, "kim").keep({}, base=stale)


def test_an_address_names_a_release_by_number_and_content(cache, other):
    publish(other, "wego")
    release = cache.in_force()
    assert current.pinned_release(current.pin(release), cache.release) is release
    assert current.pinned_release("2", cache.release) is release
    for other_content in ("2-0000", "x", "", "2-", "-2", "02", "2-ABCD"):
        with pytest.raises(NoSuchRelease):
            current.pinned_release(other_content, cache.release)


def test_what_the_data_folder_holds_is_no_release_while_the_store_is_away(tmp_path, clock):
    closed = ReleaseCache(tmp_path / "away", write(tmp_path / "data", ONE_ROW), clock, begin=False)
    assert (closed.in_force().number, closed.trouble) == (0, "store.closed")


def test_files_of_the_store_are_closed_to_everybody_else(cache, tmp_path):
    cache.in_force()
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "state").iterdir()} == {0o600}
    cache.close()
    (tmp_path / "state" / FILE).chmod(0o644)
    open_store(tmp_path / "state", tmp_path / "data").engine.dispose()
    assert stat.S_IMODE((tmp_path / "state" / FILE).stat().st_mode) == 0o600


def test_a_store_that_cannot_be_written_is_read():
    with TemporaryDirectory() as room:
        folder = Path(room)
        store = open_store(folder / "state", write(folder / "data", ONE_ROW))
        number = publish(store, "wego")
        store.engine.dispose()
        child = os.fork()
        if not child:
            os._exit(_reads(folder, number))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _reads(folder: Path, number: int) -> int:
    """Whether a process that may not write there reads the store, and is refused when it publishes."""
    (folder / "state" / FILE).chmod(0o444)
    for place in (folder / "state", folder):
        place.chmod(0o555)
    if os.geteuid() == 0:
        os.setuid(65534)
    closed = ReleaseCache(folder / "state", folder / "data")
    if (closed.in_force().number, closed.trouble) != (number, None):
        return 1
    try:
        publish(closed.store(), "c40")
    except StoreUnreachable:
        return 0
    return 2
