"""The folder of a new city: made once, never over another, and noticed when somebody edits it afterwards."""

import pytest

from publishing.access.rights import AT_THE_MACHINE, Visitor
from publishing.changes.rows import raw
from publishing.desk.offer import offer
from publishing.new_city.folder import begin, is_missing, write
from publishing.new_city.gazetteer import Place, beginning_with
from publishing.new_city.tables import home_tables
from publishing.store.errors import FolderInUse, NotAllowed
from publishing.store.release_cache import current_release, current_store
from publishing.store.releases import UnreadableRelease, read_folder

WELLINGTON = Place("2179537", "Wellington", "웰링턴", "NZ", "", -41.28664, 174.77557, "Pacific/Auckland", 381900)


@pytest.fixture
def folder(monkeypatch, tmp_path):
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "city"))
    monkeypatch.delenv("DASHBOARD_STATE", raising=False)
    return tmp_path / "city"


def test_data_are_missing_until_a_city_is_chosen(folder):
    assert is_missing()
    begin(WELLINGTON, AT_THE_MACHINE)
    assert not is_missing()
    assert current_release().number == 1
    assert raw(current_release(), "home")["city_id"].tolist() == ["wellington"]


@pytest.mark.parametrize("typed, own", [("München", "München"), ("Münch", "")])
def test_only_a_whole_name_becomes_that_of_the_home_city(folder, typed, own):
    begin(beginning_with("München", 1)[0], AT_THE_MACHINE, written=typed)
    assert raw(current_release(), "cities")["name_de"].tolist() == [own]


def test_only_who_may_prepare_data_begins(folder):
    with pytest.raises(NotAllowed):
        begin(WELLINGTON, Visitor("", "203.0.113.5", ()))
    assert not folder.exists()


def test_data_are_not_missing_where_the_store_has_them_or_a_file_has_faults(folder):
    begin(WELLINGTON, AT_THE_MACHINE)
    current_store()
    for file in folder.glob("*.csv"):
        file.rename(file.with_suffix(".old"))
    assert not is_missing()


def test_a_folder_with_a_table_is_not_written_and_faulty_tables_make_none(tmp_path):
    write(tmp_path / "one", home_tables(WELLINGTON))
    with pytest.raises(FolderInUse):
        write(tmp_path / "one", home_tables(WELLINGTON))
    tables = home_tables(WELLINGTON)
    with pytest.raises(UnreadableRelease):
        write(tmp_path / "two", tables | {"sources": tables["sources"].iloc[:0]})
    assert not (tmp_path / "two").exists()


def test_a_file_edited_after_the_first_start_is_offered_as_a_draft(folder):
    begin(WELLINGTON, AT_THE_MACHINE)
    first = current_release()
    file = folder / "cities.csv"
    file.write_text(file.read_text() + file.read_text().splitlines()[1].replace("wellington", "wellington-2") + "\n")
    new = offer(current_store(), first, first, folder)
    assert list(new.tables) == ["cities"]
    assert new.release.tables["cities"]["city_id"].tolist() == ["wellington", "wellington-2"]
    assert read_folder(folder).digest == new.folder
