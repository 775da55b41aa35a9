"""Publishing that is struck in the middle, by `kill -9` or a full disk: what was in force stays in force, and whole.

Random moments are few in `make check` and many in `make fuzz`.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from metrics.schema.release import Release
from publishing.store.store import POINTS, open_store
from tests.publishing.processes import BATCH

pytestmark = pytest.mark.slow

ACTS = ("begin", "publish", "restore")
BEFORE = {"begin": 0, "publish": 2, "restore": 2}
"""The newest release before each act."""
FUZZ = settings.get_current_profile_name() == "fuzz"
KILLED = 9


def act(folder: Path, what: str, *more: object):
    script = Path(__file__).parents[1] / "processes.py"
    command = [sys.executable, str(script), what, str(folder), *map(str, more)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("killed")
    return folder, act(folder, "kill")


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("filled")
    return folder, act(folder, "full")


def told_by_a_restart(room: Path) -> tuple[int, list[int]]:
    """The newest release and every whole one, as a new start finds them."""
    store = open_store(room / "state", room / "data")
    whole = [entry.number for entry in store.history() if store.release(entry.number).digest == entry.digest]
    newest = store.newest()
    store.engine.dispose()
    return newest, whole


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("act", ACTS)
def test_killed_at_any_point_leaves_what_was_in_force_or_the_whole_new_release(killed, act, point):
    folder, reports = killed
    assert reports[f"{act} {point}"] == [KILLED, ""]
    # A first start that was killed is made good by the next one.
    expected = BEFORE[act] + (point == "committed") if act != "begin" else 1
    assert told_by_a_restart(folder / f"{act} {point}") == (expected, list(range(expected, 0, -1)))


def test_a_killed_publication_holds_no_lock_and_can_be_made_again(killed):
    folder, _ = killed
    room = folder / "publish contents"
    store = open_store(room / "state", room / "data", patience=0)
    base = store.release(2)
    without = Release(0, "", {**base.tables, "networks": base.tables["networks"].iloc[:0]})
    assert store.publish(without, parent=2, author="", note="", removals=BATCH).number == 3
    store.engine.dispose()


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("act", ACTS)
def test_a_disk_that_is_full_is_told_and_leaves_what_was_in_force(filled, act, point):
    folder, reports = filled
    signal, report = reports[f"{act} {point}"]
    assert signal == 0
    if point == "committed":
        assert report == f"{'newest' if act == 'begin' else 'won'} {BEFORE[act] + 1}"
    else:
        assert report == "StoreUnreachable"
    expected = max(BEFORE[act] + (point == "committed"), 1)
    assert told_by_a_restart(folder / f"{act} {point}") == (expected, list(range(expected, 0, -1)))


def test_of_two_processes_that_publish_at_once_one_wins_and_two_that_start_make_one_store(tmp_path):
    reports = act(tmp_path, "race")
    assert reports == {"begin": ["newest 1", "newest 1"], "publish": ["newer 3", "won 3"]}
    assert told_by_a_restart(tmp_path / "begin") == (1, [1])
    assert told_by_a_restart(tmp_path / "publish") == (3, [3, 2, 1])


@pytest.mark.parametrize("seed", range(20 if FUZZ else 1))
def test_killed_at_random_moments_every_release_that_was_ever_in_force_is_whole(tmp_path, seed):
    newest = 3
    for signal, number, whole in act(tmp_path, "random", 50 if FUZZ else 8, seed):
        assert signal in (0, KILLED)
        assert number in (newest, newest + 1)
        assert whole == [True] * number
        newest = number
    assert told_by_a_restart(tmp_path) == (newest, list(range(newest, 0, -1)))
