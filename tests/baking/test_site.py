"""A folder of static editions: whole or not at all, and never two mixed."""

import json
import re
from datetime import date
from io import StringIO
from threading import Event, Thread

import pytest

from baking import site
from baking.__main__ import main
from tests.worlds import ONE_ROW, world

DAY = date(2018, 6, 1)


def numbered(number):
    """A release of that number."""
    release = world(**ONE_ROW)
    return type(release)(number, f"{number:016x}", release.tables)


@pytest.fixture
def few(monkeypatch):
    """Editions of a few files, all of which tell the number of the release, but one that every edition has."""

    def steps(release, as_of, today, base):
        own = str(release.number).encode()
        return [lambda: iter([("same.txt", b"same")]), *(lambda at=at: iter([(f"en/{at}.txt", own)]) for at in range(8))]

    monkeypatch.setattr(site, "steps", steps)


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_sixty_publications_in_a_row_never_show_a_reader_a_mixed_edition(few, tmp_path):
    site.bake(numbered(1), tmp_path, DAY, DAY)
    done, seen = Event(), []

    def read():
        while not done.is_set():
            state = json.loads((tmp_path / site.LATEST).read_bytes())
            folder = tmp_path / state["path"]
            told = {(folder / "en" / f"{at}.txt").read_text() for at in range(8)}
            door = re.search(r'href="(r/\d+-\w+/)', (tmp_path / "index.html").read_text())[1]
            seen.append(told == {str(state["release"])} and (tmp_path / door / "same.txt").is_file())

    reader = Thread(target=read)
    reader.start()
    try:
        for number in range(2, 62):
            site.bake(numbered(number), tmp_path, DAY, DAY)
    finally:
        done.set()
        reader.join()
    assert len(seen) > 60
    assert all(seen)
    assert json.loads((tmp_path / site.LATEST).read_bytes())["release"] == 61


def test_a_bake_that_fails_leaves_the_folder_as_it_was(few, tmp_path, monkeypatch):
    site.bake(numbered(1), tmp_path, DAY, DAY)
    before = contents(tmp_path)

    def fails():
        yield "en/0.txt", b"2"
        raise OSError(28, "No space left on device", "en/1.txt")

    monkeypatch.setattr(site, "steps", lambda *about: [fails])
    with pytest.raises(OSError):
        site.bake(numbered(2), tmp_path, DAY, DAY)
    assert contents(tmp_path) == before
    said = StringIO()
    assert main(["--out", str(tmp_path), "--lang", "en"], err=said, source=lambda number: numbered(2)) == 1
    assert said.getvalue() == "en/1.txt: No space left on device\n"


def test_a_file_that_did_not_change_is_not_written_again(few, tmp_path):
    first, second = (site.bake(numbered(number), tmp_path, DAY, DAY) for number in (1, 2))
    assert (first / "same.txt").samefile(second / "same.txt")
    assert not (first / "en" / "0.txt").samefile(second / "en" / "0.txt")
    made = {path: path.stat().st_mtime_ns for path in second.rglob("*")}
    assert site.bake(numbered(2), tmp_path, DAY, DAY) == second
    assert {path: path.stat().st_mtime_ns for path in second.rglob("*")} == made


def test_the_command_writes_the_release_that_is_asked_for_so_that_a_web_server_may_read_it(tmp_path):
    said, asked = StringIO(), []

    def source(number):
        asked.append(number)
        return numbered(12)

    assert main(["--release", "12", "--out", str(tmp_path), "--as-of", "2018-06-01", "--lang", "en"], out=said, source=source) == 0
    state = json.loads((tmp_path / "latest.json").read_bytes())
    assert asked == [12]
    assert re.fullmatch(r"r/12-[0-9a-f]{8}/", state["path"])
    assert said.getvalue() == f"Written: {tmp_path / state['path'].rstrip('/')}, release 12, as of 1 Jun 2018\n"
    edition = tmp_path / state["path"]
    assert all(path.stat().st_mode & 0o444 == 0o444 for path in (tmp_path / "index.html", *edition.rglob("*")))
    assert {"ko", "en", "assets", "tables"} <= {path.name for path in edition.iterdir()}
    readings = (edition / "readings.csv").read_text().splitlines()
    assert readings[0] == "indicator,as_of,value,lower,upper,unit,documented"
    assert any(line.startswith("partner_cities,2015-12-31,") for line in readings)


def test_a_command_that_follows_bakes_once_for_each_release_and_goes_on_after_a_failure(few, tmp_path):
    said, faults, turns = StringIO(), StringIO(), iter([1, 1, OSError(5, "Input/output error", "disk"), 2])

    class Enough(Exception):
        pass

    def source(number):
        turn = next(turns, None)
        if turn is None:
            raise Enough
        if isinstance(turn, OSError):
            raise turn
        return numbered(turn)

    with pytest.raises(Enough):
        main(["--out", str(tmp_path), "--follow", "--lang", "en"], out=said, err=faults, source=source, wait=lambda: None)
    assert re.findall("release ([0-9]+)", said.getvalue()) == ["1", "2"]
    assert faults.getvalue() == "disk: Input/output error\n"


def test_a_file_that_two_pages_give_is_the_first_one_and_the_edition_before_keeps_its_own(few, tmp_path, monkeypatch):
    first = site.bake(numbered(1), tmp_path, DAY, DAY)
    monkeypatch.setattr(site, "steps", lambda *about: [lambda: iter([("same.txt", b"same"), ("same.txt", b"other"), ("new.txt", b"")])])
    second = site.bake(numbered(2), tmp_path, DAY, DAY)
    assert [(edition / "same.txt").read_bytes() for edition in (first, second)] == [b"same", b"same"]


@pytest.mark.parametrize("wrong", [[], ["--out", "site", "--as-of", "2018-13-01"], ["--out", "site", "--as-of", "2999-01-01"]])
def test_a_command_that_cannot_be_meant_is_refused(wrong, capsys):
    with pytest.raises(SystemExit) as refused:
        main([*wrong, "--lang", "en"], source=lambda number: numbered(1))
    assert refused.value.code == 2
    assert capsys.readouterr().err
