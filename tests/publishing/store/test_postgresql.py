"""A store in PostgreSQL whose writer or whose server dies in the middle: all or nothing, and everybody finds back by herself."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from metrics.schema.release import Release
from publishing.access.rights import AT_THE_MACHINE
from publishing.desk.briefings import saved
from publishing.desk.desk import DraftWorkspace, draft
from publishing.store.errors import NoSuchBriefing, StoreUnreachable
from publishing.store.release_cache import ReleaseCache
from publishing.store.store import POINTS, open_store
from tests.publishing.conftest import database_at
from tests.publishing.processes import at, die, ended, forked
from tests.publishing.store.test_store import with_networks
from tests.running import wait_until
from tests.worlds import ONE_ROW, write

pytestmark = pytest.mark.slow


@pytest.fixture
def opened(tmp_path, new_database):
    """`opened()` -> the store of the one-row world in a database of this test."""
    address, seed, stores = new_database(), write(tmp_path / "data", ONE_ROW), []

    def open_again(**options):
        stores.append(open_store(tmp_path / "state", seed, **({"patience": 10, "address": address} | options)))
        return stores[-1]

    yield open_again
    for store in stores:
        store.engine.dispose()


def publish(store, *names, **options) -> int:
    base = store.release(store.newest())
    candidate = with_networks(*names, base=base)
    return store.publish(candidate, parent=base.number, author="park", note="", **options).number


def whole(store) -> list[int]:
    return [entry.number for entry in store.history() if store.release(entry.number).digest == entry.digest]


@pytest.mark.parametrize("point", POINTS)
def test_a_writer_that_is_killed_at_any_point_leaves_what_was_in_force_or_the_whole_new_release(opened, tmp_path, point):
    store = opened()
    store.engine.dispose()  # a connection must not be shared with a fork
    child = forked(lambda: f"won {publish(opened(), 'wego', pause=at(point, die))}", tmp_path / "report")
    assert ended(child) == signal.SIGKILL
    newest = 2 if point == "committed" else 1
    assert (store.newest(), whole(store)) == (newest, list(range(newest, 0, -1)))
    assert publish(store, "wego", "c40") == newest + 1  # no lock is left behind


@pytest.fixture(scope="module")
def own_server(start_postgres):
    """A server of its own that can be killed and started again; None where another one was named, which nobody may kill."""
    if os.environ.get("TEST_DATABASE_URL"):
        pytest.skip("TEST_DATABASE_URL names a server that these tests must not kill")
    return start_postgres()


@pytest.fixture
def server(own_server):
    """That server, running."""
    start_again(own_server)
    return own_server


def kill(server) -> None:
    """As by `kill -9` of the whole server."""
    postmaster = psutil.Process(server.get_pid())
    parts = [postmaster, *postmaster.children(recursive=True)]
    for part in parts:
        with suppress(psutil.NoSuchProcess):  # without the first, the others end by themselves
            part.kill()
    psutil.wait_procs(parts, 10)


def start_again(server) -> None:
    """It first reads its log; on a busy machine that takes longer than the package waits for."""
    wait_until(lambda: ready(server))


def ready(server) -> bool:
    """Is it running? Else it is started; the package gives up after 10 s, and asserts that one which is starting is there."""
    try:
        server.ensure_postgres_running()
    except (subprocess.TimeoutExpired, AssertionError):
        return False
    return True


@pytest.mark.parametrize("point", POINTS)
def test_a_server_that_is_killed_at_any_point_says_so_and_holds_all_or_nothing_when_it_is_back(server, tmp_path, point):
    address = database_at(server.get_uri())
    seed = write(tmp_path / "data", ONE_ROW)
    store = open_store(tmp_path / "state", seed, address=address)
    if point == "committed":
        assert publish(store, "wego", pause=at(point, lambda: kill(server))) == 2
    else:
        with pytest.raises(StoreUnreachable):
            publish(store, "wego", pause=at(point, lambda: kill(server)))
    with pytest.raises(StoreUnreachable):
        store.newest()
    start_again(server)
    newest = 2 if point == "committed" else 1
    assert (store.newest(), whole(store)) == (newest, list(range(newest, 0, -1)))
    assert publish(store, "wego", "c40") == newest + 1
    store.engine.dispose()


def test_readers_go_on_with_what_they_saw_while_the_server_is_away_and_find_back(server, tmp_path):
    address = database_at(server.get_uri())
    now = [0.0]
    cache = ReleaseCache(tmp_path / "state", write(tmp_path / "data", ONE_ROW), clock=lambda: now[0], address=address)
    assert (cache.in_force().number, cache.trouble) == (1, None)
    kill(server)
    assert (cache.in_force().number, cache.trouble) == (1, "store.unreachable")
    start_again(server)
    publish(cache.store(), "wego")
    now[0] += 10
    assert (cache.in_force().number, cache.trouble) == (2, None)
    cache.close()


def test_a_publication_on_one_server_is_in_force_on_the_other_at_once(opened):
    first, other = opened(), opened()
    publish(first, "wego")
    assert other.in_force().number == 2


def test_who_waits_too_long_for_another_writer_is_told_and_reads_meanwhile(opened):
    first, other = opened(), opened(patience=0.2)

    def meanwhile():
        with pytest.raises(StoreUnreachable):
            publish(other, "c40")
        assert other.newest() == 1

    assert publish(first, "wego", pause=at("blobs", meanwhile)) == 2


def test_what_was_to_be_written_stands_in_no_message(opened, tmp_path):
    store = opened()
    first = store.release(1)
    with pytest.raises(StoreUnreachable) as refused:
        DraftWorkspace(store, AT_THE_MACHINE, "a private name\0").keep({}, base=first)
    assert "private" not in str(refused.value)


def test_an_id_that_is_no_text_is_nobodys(opened):
    assert draft(opened(), "a\0", "park") is None
    with pytest.raises(NoSuchBriefing):
        saved(opened(), "a\0")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://user:secret@127.0.0.1:1/none",
        "postgresql+psycopg://user:secret@no-such-host.invalid/none",
        "mysql://user:secret@127.0.0.1/none",
        "postgresql+psycopg://user:secret@[half",
        "postgresql+psycopg://user:secret@127.0.0.1:port/none",
        "postgresql+psycopg://user:half@:secret@127.0.0.1:1/none",
        "secret",
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(tmp_path, address, caplog):
    begun = time.monotonic()
    cache = ReleaseCache(tmp_path / "state", write(tmp_path / "data", ONE_ROW), address=address)
    assert isinstance(cache.in_force(), Release)
    assert cache.trouble == "store.closed"
    assert ":secret" not in caplog.text
    with pytest.raises(StoreUnreachable) as refused:
        cache.store()
    assert ":secret" not in str(refused.value)
    assert time.monotonic() - begun < 20
    assert not (Path(tmp_path) / "state").exists()
