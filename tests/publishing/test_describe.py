"""The description that stands beside the data, written from the declarations."""

import json
from pathlib import Path

import pytest
from frictionless import Package

from metrics.schema.columns import fields
from metrics.schema.tables import TABLES
from publishing.describe import DATA, descriptor, dictionary, files, main, outdated


def test_the_descriptions_in_the_data_folder_say_what_the_declarations_say():
    assert outdated(DATA) == []


def test_the_descriptor_has_every_table_and_column_in_order():
    described = {resource["name"]: [field["name"] for field in resource["schema"]["fields"]] for resource in descriptor()["resources"]}
    assert described == {name: list(fields(schema)) for name, schema in TABLES.items()}


def test_a_column_is_described_by_its_type_limits_example_and_both_titles():
    cities = next(resource for resource in descriptor()["resources"] if resource["name"] == "cities")
    latitude = next(field for field in cities["schema"]["fields"] if field["name"] == "lat")
    assert (latitude["title"], latitude["title_ko"], latitude["type"], latitude["unit"]) == ("Latitude", "위도", "number", "degrees")
    assert latitude["constraints"] == {"required": True, "minimum": -90, "maximum": 90}
    assert latitude["example"] == -41.28664
    assert cities["schema"]["primaryKey"] == ["city_id"]
    assert {"fields": ["source_id"], "reference": {"resource": "sources", "fields": ["source_id"]}} in cities["schema"]["foreignKeys"]


def test_the_dictionary_has_a_line_for_every_column_with_as_many_cells_as_the_header():
    lines = [line for line in dictionary().splitlines() if line.startswith("| `")]
    assert len(lines) == sum(len(fields(schema)) for schema in TABLES.values())
    assert {line.replace(r"\|", "").count("|") for line in lines} == {10}


def test_checking_names_the_file_that_differs_and_writing_mends_it(tmp_path, capsys):
    assert main([], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0
    (tmp_path / "DICTIONARY.md").write_text("something else")
    assert main(["--check"], tmp_path) == 1
    errors = capsys.readouterr().err
    assert "DICTIONARY.md" in errors
    assert "datapackage.json" not in errors
    assert main([], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0


def test_checking_an_empty_folder_names_both_files(tmp_path, capsys):
    assert main(["--check"], tmp_path) == 1
    errors = capsys.readouterr().err
    assert all(name in errors for name in files())
    assert list(tmp_path.iterdir()) == []


def test_frictionless_finds_the_data_package_of_this_repository_valid():
    report = Package(str(DATA / "datapackage.json")).validate()
    assert report.valid, report.to_summary()


def small_package(folder: Path, **changes: str) -> Package:
    """The example rows of two tables that belong together, with other values in some columns of networks."""
    folder.joinpath("datapackage.json").write_text(json.dumps(only("sources", "networks")), encoding="utf-8")
    for name in ("sources", "networks"):
        row = {column: field.example for column, field in fields(TABLES[name]).items()}
        row |= changes if name == "networks" else {}
        folder.joinpath(f"{name}.csv").write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8")
    return Package(str(folder / "datapackage.json"))


def only(*names: str) -> dict:
    return descriptor() | {"resources": [resource for resource in descriptor()["resources"] if resource["name"] in names]}


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({}, []),
        ({"name_en": ""}, []),  # the Korean name is enough
        ({"network_id": "we go"}, ["constraint-error"]),
        ({"source_id": "hearsay"}, ["foreign-key"]),
    ],
)
def test_others_find_with_the_descriptor_what_we_find(tmp_path, changes, kinds):
    report = small_package(tmp_path, **changes).validate()
    assert [kind for (kind,) in report.flatten(["type"])] == kinds
