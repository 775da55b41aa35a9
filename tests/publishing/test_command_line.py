"""`python -m publishing`: what it says, what it returns to the shell, and that nothing changes where something is wrong."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from metrics.schema.tables import TABLES
from publishing.__main__ import DONE, PROBLEMS, USAGE, main
from publishing.access.audit_log import confirmed
from publishing.files.downloads import as_package
from publishing.store.store import open_store
from tests.worlds import ONE_ROW, write

PROJECT = Path(__file__).parents[2]
NETWORKS = "network_id,name_en,name_ko,source_id\nwego,WeGO,위고,s1\nc40,C40,씨포티,s1\n"


class Screen(io.StringIO):
    """An error stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def store(tmp_path):
    made = open_store(tmp_path / "state", write(tmp_path / "data", ONE_ROW))
    yield made
    made.engine.dispose()


@pytest.fixture
def run(store):
    """`run("check", ...)` -> what the command returns, prints and complains of, in English where nothing else is asked for."""

    def command(*arguments, err=None, surroundings=None):
        out, err = io.StringIO(), err or io.StringIO()
        try:
            code = main([str(argument) for argument in arguments], lambda: store, out, err, surroundings or {})
        except SystemExit as left:
            code = left.code
        return code, out.getvalue(), err.getvalue()

    return command


@pytest.fixture
def file(tmp_path):
    """`file(name, text)` -> a file in a folder of its own."""

    def put(name, text):
        (tmp_path / "files").mkdir(exist_ok=True)
        made = tmp_path / "files" / name
        made.write_bytes(text if isinstance(text, bytes) else text.encode())
        return made

    return put


def test_checking_says_what_was_read_and_what_would_change_and_changes_nothing(run, file, store):
    code, out, err = run("check", file("networks.csv", NETWORKS))
    assert (code, err) == (DONE, "")
    assert out.splitlines() == ["networks.csv: City networks, 2 rows", "City networks: 2 added, 0 changed, 0 removed"]
    assert store.newest() == 1


def test_problems_are_told_by_file_row_and_column_and_return_1(run, file, store):
    bad = NETWORKS + "we go,,이름,hearsay\n"
    for act in (["check"], ["publish", "--note", "new"]):
        code, out, _ = run(*act, file("networks.csv", bad))
        assert code == PROBLEMS
        places = [line.split(": ")[:3] for line in out.splitlines()[1:]]
        assert places == [["networks.csv", "row 4", column] for column in ("network_id", "name_en", "source_id")]
    assert store.newest() == 1


def test_problems_of_a_whole_file_or_column_are_told_without_a_row(run, file):
    code, out, _ = run("check", file("networks.csv", "network_id,colour\nwego,red\n"), file("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
    assert code == PROBLEMS
    lines = [line.split(": ")[:2] for line in out.splitlines()]
    assert ["networks.csv", "colour"] in lines
    assert [line for line in out.splitlines() if line.startswith("old.xls: ")]


def test_the_command_speaks_korean_where_the_terminal_does_or_it_is_asked_to(run, file):
    bad = file("networks.csv", NETWORKS + "we go,A,가,s1\n")
    for spoken in ({"surroundings": {"LANG": "ko_KR.UTF-8"}}, {}):
        arguments = [] if spoken else ["--lang", "ko"]
        _, out, _ = run(*arguments, "check", bad, **spoken)
        assert "networks.csv: 4행: network_id: " in out
    assert "row 4" in run("--lang=en", "check", bad, surroundings={"LANG": "ko_KR.UTF-8"})[1]
    assert "row 4" in run("check", bad, surroundings={"LANG": "C"})[1]


def test_publishing_makes_a_release_and_the_history_tells_it(run, file, store):
    code, out, _ = run("publish", file("networks.csv", NETWORKS), "--note", "two networks", "--author", "park")
    assert (code, out.splitlines()[-1]) == (DONE, "Release 2 is published.")
    entry = store.entry(2)
    assert (entry.author, entry.note) == ("park", "two networks")
    code, out, _ = run("history")
    newest, first = (line.split("\t") for line in out.splitlines())
    assert (code, newest[0], newest[2:]) == (DONE, "2", ["published", "park", "two networks", "networks +2 ~0 -0"])
    assert first[0] == "1"


def test_removals_are_published_only_with_their_number(run, file, store):
    run("publish", file("networks.csv", NETWORKS), "--note", "two")
    fewer = file("networks.csv", NETWORKS[: NETWORKS.index("c40")])
    code, out, err = run("publish", fewer, "--note", "one less")
    assert code == PROBLEMS
    assert out.splitlines()[-1].endswith("--confirm-removals 1")
    assert "removed: 1" in err
    assert run("check", fewer)[1].splitlines()[-1].endswith("--confirm-removals 1")
    assert store.newest() == 2
    assert run("publish", fewer, "--note", "one less", "--confirm-removals", 1)[0] == DONE
    assert store.newest() == 3


def test_what_says_the_same_is_refused(run, file):
    code, out, err = run("publish", file("networks.csv", "network_id,name_en,name_ko,source_id\n"), "--note", "nothing")
    assert (code, out.splitlines()[-1]) == (PROBLEMS, "No row differs.")
    assert "says the same" in err


def test_files_made_from_an_older_release_are_refused_and_the_difference_is_shown(run, file, store):
    run("publish", file("networks.csv", NETWORKS), "--note", "two")
    code, out, err = run("publish", file("networks.csv", NETWORKS + "iclei,ICLEI,이클레이,s1\n"), "--note", "three", "--on", 1)
    assert code == PROBLEMS
    assert "Release 2 was published meanwhile" in err
    assert out.splitlines()[-2:] == ["What release 2 changed since release 1:", "City networks: 2 added, 0 changed, 0 removed"]
    assert store.newest() == 2


def test_restoring_and_exporting(run, file, store, tmp_path):
    run("publish", file("networks.csv", NETWORKS), "--note", "two")
    assert run("restore", 1, "--author", "kim")[:2] == (DONE, "Release 3 is published. It has the content of release 1.\n")
    assert run("history")[1].split("\t")[2] == "restored release 1"
    place = tmp_path / "two.zip"
    assert run("export", 2, "--to", place)[0] == DONE
    assert place.read_bytes() == as_package(store.release(2))
    with zipfile.ZipFile(place) as archive:
        assert archive.read("networks.csv").decode() == NETWORKS


def test_an_exported_package_comes_in_again_as_the_whole(run, store, file):
    run("publish", file("networks.csv", NETWORKS), "--note", "two")
    package = file("all.zip", as_package(store.release(1)))
    code, out, _ = run("publish", package, "--note", "back", "--confirm-removals", 2)
    assert code == DONE
    assert store.entry(3).digest == store.entry(1).digest
    assert len(out.splitlines()) == len(TABLES) + 2


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["unknown"],
        ["check"],
        ["check", "no such file.csv"],
        ["publish", "no such file.csv", "--note", "x"],
        ["publish", __file__],
        ["publish", __file__, "--note", "  "],
        ["restore"],
        ["restore", "one"],
        ["export", "1", "--to", "no such folder/file.zip"],
        ["--lang", "fr", "history"],
    ],
)
def test_a_line_that_makes_no_sense_returns_2(run, store, arguments):
    code, _, _ = run(*arguments)
    assert code == USAGE
    assert store.newest() == 1


def test_a_number_that_was_never_given_is_a_problem(run):
    for act in (["restore", "7"], ["export", "7"], ["check", "--on", "7", __file__]):
        code, _, err = run(*act)
        assert (code, err) == (PROBLEMS, "There is no release 7.\n")


def test_a_seed_with_faults_tells_them(tmp_path):
    seed = write(tmp_path / "data", ONE_ROW)
    (seed / "networks.csv").write_text("network_id,name_en,name_ko,source_id\nwego,WeGO,,s1\n")
    out = io.StringIO()
    assert main(["history"], lambda: open_store(tmp_path / "state", seed), out, io.StringIO(), {}) == PROBLEMS
    assert out.getvalue().startswith("networks.csv: row 2: name_ko: ")


def test_what_a_cell_holds_cannot_steer_the_terminal(run, file):
    _, out, _ = run("check", file("networks.csv", NETWORKS + "\x1b[31mred\x07,A,가,s1\n"))
    assert "[31mred" in out
    assert not {"\x1b", "\x07"} & set(out)


def test_long_work_shows_a_bar_on_a_terminal_and_takes_it_away(run, file):
    _, _, err = run("publish", file("networks.csv", NETWORKS), "--note", "two", err=Screen())
    assert "] " in err
    assert "%" in err
    assert err.endswith("\r\033[K")


def test_the_module_runs_and_describe_goes_on_running(tmp_path):
    surroundings = {"DASHBOARD_STATE": str(tmp_path / "state"), "PATH": ""}
    for module, code in (("publishing", 0), ("publishing.describe", 0)):
        command = [sys.executable, "-W", "error", "-m", module, *(["history"] if module == "publishing" else ["--check"])]
        ran = subprocess.run(command, cwd=PROJECT, env=surroundings, capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stderr) == (code, "")
    assert (tmp_path / "state").is_dir()


def test_a_folder_is_checked_without_a_store_and_with_the_sentences_of_the_desk(tmp_path):
    folder, out = write(tmp_path / "city", ONE_ROW), io.StringIO()

    def none():
        raise AssertionError("no store is opened")

    assert main(["check", str(folder)], none, out, io.StringIO(), {}) == DONE
    assert "no problem" in out.getvalue()
    (folder / "home.csv").write_text((folder / "home.csv").read_text().replace("Asia/Seoul", "Europe/Berlinn"))
    assert main(["check", str(folder), "--lang", "ko"], none, out, io.StringIO(), {}) == PROBLEMS
    assert "home.csv: 2행: time_zone: ‘Europe/Berlinn’" in out.getvalue()


def test_check_prints_every_changed_cell_where_asked_to(run, file):
    assert "networks,added,c40,name_en,,C40" in run("check", file("networks.csv", NETWORKS), "--cells")[1]


def test_check_tells_another_program_all_that_it_found(run, file, tmp_path):
    code, out, _ = run("check", file("networks.csv", NETWORKS), "--json")
    report = json.loads(out)
    assert (code, report["problems"], report["removals"]) == (DONE, [], 0)
    assert {"table": "networks", "change": "added", "key": "c40", "column": "name_en", "before": "", "after": "C40"} in report["changes"]
    code, out, _ = run("check", file("networks.csv", NETWORKS.replace("C40", "")), "--json")
    (problem,) = json.loads(out)["problems"]
    assert (code, problem["table"], problem["row"]) == (PROBLEMS, "networks", 3)
    assert problem["sentence"]
    out = io.StringIO()
    assert main(["check", str(write(tmp_path / "city", ONE_ROW)), "--json"], dict, out, io.StringIO(), {}) == DONE
    assert json.loads(out.getvalue()) == {"problems": []}


def test_doubtful_values_are_published_once_their_number_is_confirmed(run, file, store):
    rows = "agreement_id,city_id,type,signed,ended,role,source_id,listed_source_id,note_en,note_ko\n"
    doubtful = file("agreements.csv", f"{rows}a1,seoul,sister,4350,,primary,s1,,,\n")
    code, out, _ = run("publish", doubtful, "--note", "founded")
    assert (code, store.newest()) == (PROBLEMS, 1)
    assert "agreements.csv: row 2: signed: The date 4350 is implausible." in out
    assert out.splitlines()[-1].endswith("--confirm-doubts 1")
    assert run("publish", doubtful, "--note", "founded", "--confirm-doubts", 1)[0] == DONE
    assert confirmed(store) == {2: {"implausible_date": 1}}


def test_the_terminal_marks_changed_values_where_asked_to(run, file, store):
    columns = "agreement_id,city_id,type,signed,ended,role,source_id,listed_source_id,note_en,note_ko\n"
    changed = file("agreements.csv", f"{columns}a1,london,friendship,2015-12-05,,primary,s1,,,\n")
    assert run("publish", changed, "--note", "why", "--mark", "correction")[0] == DONE
    assert store.entry(2).marks == {("agreements", "signed", "a1"): "correction"}


def test_a_file_of_some_rows_adds_and_updates_these_and_removes_none(run, file, store):
    header = NETWORKS.splitlines()[0]
    run("publish", file("networks.csv", NETWORKS), "--note", "two")
    some = file("networks.csv", f"{header}\niclei,ICLEI,이클레이,s1\nc40,C40 Cities,씨포티,s1\n")
    assert run("publish", some, "--rows", "--note", "some")[0] == DONE
    assert store.in_force().tables["networks"]["name_en"].tolist() == ["WeGO", "C40 Cities", "ICLEI"]
    code, out, _ = run("check", file("networks.csv", f"{header}\nx,,,s1\n"), "--rows")
    assert (code, "row 2: name_en" in out) == (PROBLEMS, True)
