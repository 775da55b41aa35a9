"""`python -m publishing new-city`: from a list to a folder that starts, or to a draft, asking only where somebody can answer."""

import io

import pytest

from publishing.__main__ import DONE, PROBLEMS, USAGE, main
from publishing.desk.desk import drafts
from publishing.store.releases import candidate, read_folder
from publishing.store.store import open_store
from tests.worlds import ONE_ROW, write

LIST = "City,Country,Since\nCork,Ireland,1989\nParis,France,\nSpringfield,USA,\nCorcaigh,Ireland,\n"


@pytest.fixture
def run(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(LIST)

    def command(*arguments, store=None, answers=None):
        out, err = io.StringIO(), io.StringIO()
        ask = (lambda question: answers.pop(0)) if answers else None
        try:
            code = main(["new-city", *map(str, arguments)], lambda: store, out, err, {}, ask)
        except SystemExit as left:
            code = left.code
        return code, out.getvalue() + err.getvalue()

    return command


def ties(folder):
    rows = read_folder(folder).tables["agreements"]
    return list(zip(rows["city_id"], rows["type"], rows["signed"], strict=True))


def test_a_list_becomes_a_folder_that_can_be_read_and_says_what_was_left_out(run, tmp_path):
    code, out = run("--city", "Wellington, NZ", "--list", tmp_path / "list.csv", "--into", tmp_path / "city", "--kind", "sister")
    assert code == DONE
    assert ties(tmp_path / "city") == [("cork", "sister", "1989"), ("paris", "sister", "")]
    lines = out.splitlines()
    assert lines[0].startswith("Home city: Wellington, New Zealand (-41.29, 174.78")
    assert "Row 3, Springfield, USA: several places have this name (United States)" in lines
    assert "Row 4, Corcaigh, Ireland: same tie as row 1. One of them is kept." in lines


def test_doubts_are_asked_where_somebody_can_answer(run, tmp_path):
    given = ["--city", "Wellington, NZ", "--list", tmp_path / "list.csv"]
    code, out = run(*given, "--into", tmp_path / "city", answers=["9", "US 40 200", "1"])
    assert (code, out.count("Please answer")) == (DONE, 2)
    assert [city for city, *_ in ties(tmp_path / "city")] == ["cork", "paris", "springfield"]
    run(*given, "--into", tmp_path / "typed", answers=["US 39.8, -89.6"])
    row = read_folder(tmp_path / "typed").tables["cities"].set_index("city_id").loc["springfield"]
    assert (row["lat"], row["geoname_id"]) == (39.8, "")


def test_the_likeliest_is_taken_only_when_asked_for(run, tmp_path):
    given = ["--city", "Wellington, NZ", "--list", tmp_path / "list.csv", "--into", tmp_path / "city"]
    run(*given, "--likeliest")
    assert len(ties(tmp_path / "city")) == 3


def test_each_likeliest_place_is_listed_beside_what_was_asked_for(run, tmp_path):
    (tmp_path / "list.csv").write_text("City,Country\nCork,Ireland\nSpringfield,USA\nVidovec,Croatia\nParis,Croatia\n")
    _, out = run("--city", "Wellington, NZ", "--list", tmp_path / "list.csv", "--into", tmp_path / "city", "--likeliest")
    taken = [line for line in out.splitlines() if "Taken: " in line]
    assert [line.split(" (")[0] for line in taken] == [
        "Row 2, Springfield, USA: several places have this name",
        "Row 3, Vidovec, Croatia: not in the gazetteer",
        "Row 4, Paris, Croatia: places of this name exist, but not in Croatia. Taken: Paris, France",
    ]
    assert "Taken: Vidovci" in taken[1]


def test_a_city_that_is_not_clear_is_not_guessed(run, tmp_path):
    code, out = run("--city", "Springfield, USA", "--into", tmp_path / "city")
    assert (code, (tmp_path / "city").exists()) == (PROBLEMS, False)
    assert "1. Springfield, Missouri, United States" in out
    assert run("--into", tmp_path / "city")[0] == PROBLEMS


def test_a_home_too_small_for_the_gazetteer_is_placed_by_its_coordinates(run, tmp_path):
    code, _ = run("--city", "Kleinsthausen, Germany", "--into", tmp_path / "city", answers=["51.8, 10.3", ""])
    tables = read_folder(tmp_path / "city").tables
    assert (code, tables["home"]["time_zone"].iloc[0], tables["home"]["currency"].iloc[0]) == (DONE, "Europe/Berlin", "EUR")
    assert tables["cities"][["name_en", "lat", "lon"]].to_numpy().tolist() == [["Kleinsthausen", 51.8, 10.3]]


def test_a_folder_with_tables_is_never_written_over(run, tmp_path):
    folder = write(tmp_path / "city", ONE_ROW)
    before = (folder / "home.csv").read_bytes()
    code, out = run("--city", "Wellington, NZ", "--into", folder)
    assert (code, (folder / "home.csv").read_bytes()) == (PROBLEMS, before)
    assert "already holds tables" in out


def test_a_list_becomes_a_draft_on_the_data_in_use(run, tmp_path):
    store = open_store(tmp_path / "state", write(tmp_path / "data", ONE_ROW))
    code, out = run("--draft", "--list", tmp_path / "list.csv", "--author", "kim", store=store)
    assert (code, store.newest()) == (DONE, 1)
    assert "A draft is ready, with new agreements: 2" in out
    (draft,) = drafts(store, "kim")
    release, problems = candidate(store.release(1), draft.tables)
    assert (problems, len(release.tables["agreements"])) == ((), 3)
    store.engine.dispose()


OWN_KINDS = """kind_code,label_de,colour,counts,becomes
friendship,Friend town,gold,yes,
project,Project,teal,yes,
"""


@pytest.fixture
def without_unclear(tmp_path):
    """The store of a city whose table of kinds has none for a tie of which the kind is not known."""
    folder = write(tmp_path / "data", ONE_ROW)
    (folder / "tie_kinds.csv").write_text(OWN_KINDS)
    store = open_store(tmp_path / "state", folder)
    yield store
    store.engine.dispose()


@pytest.mark.parametrize("given, answers", [(("--kind", "PROJECT"), None), ((), ["", "Freund", "Friend town"])])
def test_a_city_without_unclear_ties_is_asked_for_one_of_its_own_kinds(run, tmp_path, without_unclear, given, answers):
    code, out = run("--draft", "--list", tmp_path / "list.csv", "--author", "kim", *given, store=without_unclear, answers=answers)
    assert code == DONE, out
    (draft,) = drafts(without_unclear, "kim")
    assert set(draft.tables["agreements"]["type"]) == ({"friendship", "project"} if given else {"friendship"})


def test_where_nobody_can_answer_the_kinds_to_choose_from_are_named(run, tmp_path, without_unclear, capsys):
    code, out = run("--draft", "--list", tmp_path / "list.csv", store=without_unclear)
    assert (code, "Give it with --kind: friendship, project" in out) == (PROBLEMS, True)
    assert run("--draft", "--list", tmp_path / "list.csv", "--kind", "memorandum", store=without_unclear)[0] == USAGE
    assert "memorandum: The list does not tell" in capsys.readouterr().err


def test_a_command_without_a_place_to_write_to_is_refused(run):
    assert run("--city", "Wellington, NZ")[0] == USAGE
