"""Processes that publish and die, for test_kill.py: each is a fork of this one, so that the libraries are loaded once.

Run as a script: `processes.py WHAT FOLDER [HOW MANY] [SEED]`. It only acts and reports; what is right stands in the test.
"""

import json
import os
import random
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from metrics.schema.release import Release
from publishing.store.errors import DashboardError, NewerRelease
from publishing.store.store import FILE, POINTS, Store, open_store
from tests.worlds import ONE_ROW, world, write

BATCH = 40
"""Networks in a publication, each with a name that compresses badly, so that it takes more than a page of the file."""


def begin(state: Path, pause: Callable[[str], object]) -> str:
    """The first start."""
    store = open_store(state, state.parent / "data", patience=10, pause=pause)
    return f"newest {store.newest()}"


def publish(state: Path, pause: Callable[[str], object], name: str = "new") -> str:
    """A publication on what is in force, with networks of a name."""
    store = open_store(state, state.parent / "data", patience=10)
    return f"won {_publish(store, name, pause)}"


def restore(state: Path, pause: Callable[[str], object]) -> str:
    """A restoration of release 1."""
    store = open_store(state, state.parent / "data", patience=10)
    return f"won {store.restore(1, parent=store.newest(), author='', note='', pause=pause).number}"


def _publish(store: Store, name: str, pause: Callable[[str], object], parent: int | None = None) -> int:
    parent = parent or store.newest()
    base = store.release(parent)
    rows = "".join(f"{name}-{at},{random.randbytes(300).hex()},{at},s1\n" for at in range(BATCH))
    networks = world(sources=ONE_ROW["sources"], networks=f"network_id,name_en,name_ko,source_id\n{rows}").tables["networks"]
    candidate = Release(0, "", {**base.tables, "networks": networks})
    removals = len(base.tables["networks"])
    return store.publish(candidate, parent=parent, author="", note="", removals=removals, pause=pause).number


ACTS = {"begin": begin, "publish": publish, "restore": restore}


def forked(act: Callable[[], str], report: Path) -> int:
    """Start a process that writes what `act` came to, if it lives so long; its id."""
    child = os.fork()
    if child:
        return child
    try:
        text = act()
    except NewerRelease as newer:
        text = f"newer {newer.newest}"
    except DashboardError as fault:
        text = type(fault).__name__
    report.write_text(text)
    os._exit(0)


def ended(child: int) -> int:
    """The signal that ended a process, 0 where it ended by itself."""
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def prepared(folder: Path, act: str) -> Path:
    """A state folder with a seed beside it; for a publication or a restoration it holds two releases."""
    write(folder / "data", ONE_ROW)
    state = folder / "state"
    if act != "begin":
        child = forked(lambda: publish(state, print_nothing, "old"), folder / "prepared")
        assert ended(child) == 0
    return state


def print_nothing(_point: str) -> None:
    """A pause that does not pause."""


def at(point: str, do: Callable[[], object]) -> Callable[[str], None]:
    """A pause that does something at one point."""
    return lambda named: do() if named == point else None


def die() -> None:
    """As by `kill -9`."""
    os.kill(os.getpid(), signal.SIGKILL)


def fill_up(state: Path) -> None:
    """Let no file grow any more, as on a full disk; the process goes on.

    A limit holds for every file alike: where SQLite writes ahead, it is the size of that file, which grows first.
    """
    sizes = {part.name: part.stat().st_size for part in state.iterdir() if part.name != f"{FILE}-shm"}
    limit = sizes.get(f"{FILE}-wal", max(sizes.values(), default=0)) + 1000
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def each_point(folder: Path, what: str) -> dict:
    """Every act, struck at every point in a copy of the same state: signal and report by "act point"."""
    reports = {}
    for act in ACTS:
        prepared(folder / act, act)
        for point in POINTS:
            room = shutil.copytree(folder / act, folder / f"{act} {point}")
            state = room / "state"
            strike = die if what == "kill" else lambda state=state: fill_up(state)
            child = forked(lambda act=act, state=state, strike=strike, point=point: ACTS[act](state, at(point, strike)), room / "report")
            reports[f"{act} {point}"] = [ended(child), report_of(room)]
    return reports


def report_of(room: Path) -> str:
    """What a process wrote, "" where it did not come so far."""
    report = room / "report"
    return report.read_text() if report.exists() else ""


def race(folder: Path, act: str) -> list[str]:
    """Two processes do the same at once: what each came to. Both publications are made on the same release."""
    state = prepared(folder, act)
    gate = os.pipe()

    def run(name: str) -> str:
        os.read(gate[0], 1)
        if act == "begin":
            return begin(state, print_nothing)
        return f"won {_publish(open_store(state, folder / 'data', patience=10), name, print_nothing, parent=2)}"

    children = [forked(lambda name=name: run(name), folder / name) for name in ("one", "two")]
    os.write(gate[1], b"go")
    assert [ended(child) for child in children] == [0, 0]
    return sorted((folder / name).read_text() for name in ("one", "two"))


def at_random(folder: Path, times: int, seed: int) -> list[list]:
    """Publications killed after a random time, one after another on the same store: signal, and what a look at it says then."""
    random.seed(seed)
    state = prepared(folder, "publish")
    begun = time.monotonic()
    ended(forked(lambda: publish(state, print_nothing, "timed"), folder / "timed"))
    lasts, reports = time.monotonic() - begun, []
    for number in range(times):
        child = forked(lambda number=number: publish(state, print_nothing, f"n{number}"), folder / "report")
        time.sleep(random.uniform(0, lasts))
        os.kill(child, signal.SIGKILL)
        reports.append([ended(child), *looked_at(state, folder / "look")])
    return reports


def looked_at(state: Path, report: Path) -> list:
    """In a process of its own: the newest number, and whether every release is whole."""

    def look() -> str:
        store = open_store(state, state.parent / "data", patience=10)
        return json.dumps([store.newest(), [store.release(entry.number).digest == entry.digest for entry in store.history()]])

    assert ended(forked(look, report)) == 0
    return json.loads(report.read_text())


if __name__ == "__main__":
    what, folder = sys.argv[1], Path(sys.argv[2])
    reports = {
        "kill": lambda: each_point(folder, "kill"),
        "full": lambda: each_point(folder, "full"),
        "race": lambda: {act: race(folder / act, act) for act in ("begin", "publish")},
        "random": lambda: at_random(folder, int(sys.argv[3]), int(sys.argv[4])),
    }[what]()
    print(json.dumps(reports))
