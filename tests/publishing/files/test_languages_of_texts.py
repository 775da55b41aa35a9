"""Texts in languages of the city's own: a German town without an English or Korean column, from a folder to files and back."""

import io
import json
import zipfile

import pytest

from metrics.schema.names import declared_languages, names, offered_languages, original
from metrics.schema.tables import TABLES
from metrics.schema.vocabulary import FAMILY
from publishing.changes.review import differences
from publishing.changes.rows import entered, raw, rebased, with_row
from publishing.files.downloads import as_csv, as_package, as_workbook, columns_of, described, template
from publishing.files.headings import columns, table_of
from publishing.files.intake import take
from publishing.files.table_text import canonical, from_canonical
from publishing.store.releases import candidate, read_folder
from wording import words_of

GERMAN = {
    "home": "city_id,currency,time_zone,languages,source_id\nneustein,EUR,Europe/Berlin,de,s1\n",
    "sources": "source_id,title,publisher,url,published,note_de\ns1,Partnerstädte,Stadt,https://a.example/,2024-01-02,Stand Januar\n",
    "territories": "country_code,name_de,name_source,boundary_source_id,source_id\nDE,Deutschland,Babel,s1,s1\nFR,Frankreich,Babel,s1,s1\n",
    "cities": "city_id,name_de,country_code,region,level,lat,lon,name_source,source_id\n"
    "neustein,Neustein,DE,Europe,city,50.1,8.2,source,s1\nvieux,Altenburg am Meer,FR,Europe,city,47.2,1.5,source,s1\n",
    "agreements": "agreement_id,city_id,type,signed,role,source_id,note_de\na1,vieux,sister,1966-05-14,primary,s1,Erneuert 1991\n",
}
"""An invented town whose tables have no column in English or Korean."""


@pytest.fixture
def town(tmp_path):
    for name, text in GERMAN.items():
        header, *rows = text.splitlines()
        lacking = [c for c, f in TABLES[name].columns.items() if c not in header.split(",") and not f.metadata["field"].family]
        lines = [",".join([header, *lacking]), *(row + "," * len(lacking) for row in rows)]
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name in TABLES.keys() - GERMAN.keys() - FAMILY.keys():
        (tmp_path / f"{name}.csv").write_text(",".join(TABLES[name].columns) + "\n", encoding="utf-8")
    return read_folder(tmp_path)


def test_a_town_needs_no_column_in_english_or_korean(town):
    assert (declared_languages(town), offered_languages(town), original(town)) == (("de",), ("de",), "de")
    assert names(town, "city", "en").to_dict() == {"neustein": "Neustein", "vieux": "Altenburg am Meer"}
    assert words_of(town, "ko").name(town.tables["agreements"].iloc[0], "note") == "Erneuert 1991"
    assert names(town, "country", "ja")["DE"] == "ドイツ"


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("write", [as_csv, as_workbook])
def test_a_file_has_the_columns_of_its_languages_and_no_others_and_comes_back_whole(town, write, lang):
    form = "csv" if write is as_csv else "xlsx"
    for table in GERMAN:
        titles = [field.title.of(lang) for field in columns_of(town, table).values()]
        assert not [title for title in titles if "English" in title or "Korean" in title or "영어" in title or "한국어" in title]
        assert columns(table, titles) == list(columns_of(town, table))
        back, problems = candidate(town, take([(f"{table}.{form}", write(town, table, lang))]).tables)
        assert problems == ()
        assert differences(town, back) == ()


def test_the_package_has_every_language_and_describes_it(town):
    with zipfile.ZipFile(io.BytesIO(as_package(town))) as package:
        resources = {each["name"]: each["schema"]["fields"] for each in json.loads(package.read("datapackage.json"))["resources"]}
        content, dictionary = package.read("cities.csv"), package.read("DICTIONARY.md").decode()
    assert content.decode().splitlines()[0].split(",") == [field["name"] for field in resources["cities"]]
    assert next(field for field in resources["cities"] if field["name"] == "name_de")["title"] == "Name (German)"
    assert "| `name_de` | Name (German) | 이름(독일어) |" in dictionary
    assert take([("all.zip", as_package(town))]).tables["cities"]["name_de"].tolist() == ["Neustein", "Altenburg am Meer"]


def test_the_store_keeps_every_language(town):
    content = canonical("cities", town.tables["cities"])
    assert from_canonical("cities", content, None).equals(town.tables["cities"])


def test_a_template_and_a_dictionary_are_in_the_languages_of_the_city(town):
    titles = template("cities", "en", "csv", town).decode("utf-8-sig").splitlines()[0].split(",")
    assert [title for title in titles if title.startswith("Name")] == ["Name (German)"]
    assert "Name (German)" in described(columns_of(town, "cities"), "en")["title"].tolist()


def test_a_changed_text_is_reviewed_and_merged_with_a_newer_release(town):
    draft = candidate(town, {"cities": raw(town, "cities").replace("Altenburg am Meer", "Altenburg")})[0]
    (diff,) = differences(town, draft)
    assert diff.changed.to_numpy().tolist() == [["vieux", "name_de", "Altenburg am Meer", "Altenburg"]]
    newer = candidate(town, {"cities": raw(town, "cities").assign(name_fr=["", "Vieux-Bourg"])})[0]
    merged = rebased(town, draft, newer, ["cities"]).tables["cities"].set_index("city_id").loc["vieux"]
    assert (merged["name_de"], merged["name_fr"]) == ("Altenburg", "Vieux-Bourg")


def test_a_form_may_fill_in_a_language_that_the_table_did_not_have(town):
    row = entered("networks", {"network_id": "n1", "name_de": "Bund der Städte", "source_id": "s1"}).tables["networks"]
    rows = with_row(raw(town, "networks"), row, None)
    assert candidate(town, {"networks": rows})[0].tables["networks"]["name_de"].tolist() == ["Bund der Städte"]


def test_a_file_without_a_column_that_has_texts_is_refused_and_one_with_an_empty_column_removes_them(town):
    rows = raw(town, "agreements")
    (problem,) = candidate(town, {"agreements": rows.drop(columns="note_de")})[1]
    assert (problem.column, problem.kind) == ("note_de", "missing_column")
    assert candidate(town, {"agreements": rows.assign(note_de="")})[1] == ()


def test_a_table_is_recognised_by_its_columns_in_whichever_language():
    assert table_of(["list.csv"], ["network_id", "name_de", "source_id"]) == "networks"
    assert columns("networks", ["Name (Arabic)", "이름(프랑스어)", "NAME_DE", "name_zh-Hant", "nam_de"]) == [
        "name_ar", "name_fr", "name_de", "name_zh_hant", "",
    ]  # fmt: skip
