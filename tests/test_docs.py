"""The documents say what the code says: what they name exists, what they define agrees, what they show is what comes out."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from metrics.counting.progress import STATES
from metrics.indicators.registry import INDICATORS, read
from metrics.schema.migrations import tables_added
from metrics.schema.tables import ROLES, TABLES
from serving.routes import describe
from tests.worlds import own_data
from wording import words

PROJECT = Path(__file__).parents[1]
README, CONTRIBUTING, GLOSSARY, DICTIONARY = (
    (PROJECT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md", "GLOSSARY.md", "data/DICTIONARY.md")
)
MADE_BY_RUNNING = {".venv", "var/", "secrets.toml"}
ENDINGS = r"\.(py|md|csv|po|css|txt|json|toml|png|sh)"
ENGLISH, KOREAN = words("en"), words("ko")


def named_paths(document):
    """Files and folders of this project: in backticks with a slash or an ending of ours, or where a link leads."""
    quoted = re.findall(r"`([^`\s]+)`", re.sub(r"```.*?```", "", document, flags=re.DOTALL))
    paths = {text for text in quoted if re.fullmatch(r"(?!/|\.\./|https?:)[\w./*-]*/[\w./*-]*", text) or re.search(rf"{ENDINGS}$", text)}
    return paths | set(re.findall(r"\]\((?!https?:)([^)]+)\)", document))


def rows(document):
    """The cells of every row of every table, without headers."""
    lines = re.findall(r"^\|(?!-)(.+)\|$(?!\n\|-)", document, flags=re.MULTILINE)
    return [[cell.strip() for cell in line.split(" | ")] for line in lines]


def row_of(name):
    """The row of the glossary for an id in backticks, without the id."""
    (found,) = [cells for cells in rows(GLOSSARY) if re.search(rf"\(`{name}`\)$", cells[0])]
    return [found[0].removesuffix(f" (`{name}`)"), *found[1:]]


@pytest.mark.parametrize("document", [README, CONTRIBUTING, GLOSSARY], ids=["README", "CONTRIBUTING", "GLOSSARY"])
def test_every_file_and_folder_that_is_named_exists(document):
    paths = named_paths(document)
    assert paths
    assert [path for path in sorted(paths - MADE_BY_RUNNING) if not list(PROJECT.glob(path))] == []


def test_every_make_target_that_is_named_exists_and_every_target_is_named():
    targets = set(re.findall(r"^(\w+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    commands = re.findall(r"```.*?```|`[^`\n]+`", README + CONTRIBUTING, flags=re.DOTALL)
    assert set(re.findall(r"(?<!\.)\bmake (\w+)", "\n".join(commands))) == targets


def test_the_plan_names_every_folder():
    ours = sorted(folder.name for folder in PROJECT.iterdir() if folder.is_dir() and not folder.name.startswith((".", "_")))
    assert [name for name in ours if f"`{name}/`" not in CONTRIBUTING] == []


def test_a_glossary_row_has_term_and_meaning_in_both_languages():
    wrong = [cells for cells in rows(GLOSSARY) if len(cells) != 4 or not all(cells)]
    wrong += [cells for cells in rows(GLOSSARY) for cell in cells[1::2] if not re.search("[가-힣]", cell)]
    assert wrong == []


@pytest.mark.parametrize(
    ("title", "meaning", "name"),
    [("indicator", "definition", id) for id in INDICATORS] + [("state", "state_means", state) for state in STATES],
)
def test_the_glossary_says_of_indicators_and_states_what_the_page_says(title, meaning, name):
    assert row_of(name) == [words.of(family, name) for family in (title, meaning) for words in (ENGLISH, KOREAN)]


@pytest.mark.parametrize("role", ROLES)
def test_the_glossary_calls_a_role_what_the_page_calls_it(role):
    assert row_of(role)[:2] == [words.of("role", role) for words in (ENGLISH, KOREAN)]


@pytest.mark.parametrize("table", TABLES)
def test_the_dictionary_has_every_table_with_its_titles(table):
    title = TABLES[table].metadata["title"]
    assert f"\n## {table}: {title.en} · {title.ko}\n" in DICTIONARY


def test_the_example_in_the_readme_is_what_the_dashboard_answers():
    (example,) = (json.loads(text) for text in re.findall(r"```json\n(.*?)```", README, flags=re.DOTALL))
    reading = read("partner_cities", own_data(), date(2018, 12, 31))
    assert example == describe(reading, ENGLISH)
    assert list(example) == list(describe(reading, ENGLISH))


def test_the_readme_counts_the_tables():
    assert f"All {len(TABLES.keys() - tables_added())} files" in README
