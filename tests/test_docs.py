"""The documents say what the code says: what they name exists, what they define agrees, what they show is what comes out."""

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from exports.evidence.readings import describe
from exports.version import project_version
from metrics.counting.progress import STATES
from metrics.indicators.registry import INDICATORS, read
from metrics.schema.migrations import tables_added
from metrics.schema.tables import ROLES, TABLES
from pages.parts.briefing.presenting import KEYS
from tests.worlds import own_data
from wording import words

PROJECT = Path(__file__).parents[1]
DOCUMENTS = {
    file.relative_to(PROJECT).as_posix(): file.read_text(encoding="utf-8")
    for folder in (".", "docs", "deploy", "assets", "data", ".github", ".github/ISSUE_TEMPLATE")
    for file in sorted((PROJECT / folder).glob("*.md"))
}
CONTRIBUTING, GLOSSARY, DICTIONARY = (DOCUMENTS[name] for name in ("CONTRIBUTING.md", "GLOSSARY.md", "data/DICTIONARY.md"))
MANUAL = ["README.md", *(name for name in DOCUMENTS if name.startswith("docs/"))]
"""What a user reads: README and the documents in docs/."""
MADE_BY_RUNNING = {".venv", "var/", "secrets.toml"}
ENDINGS = r"\.(py|md|csv|po|css|txt|json|toml|png|sh)"
ENGLISH, KOREAN = words("en"), words("ko")


def named_paths(document):
    """Files and folders of this project: in backticks, with a slash or an ending of ours."""
    quoted = re.findall(r"`([^`\s]+)`", re.sub(r"```.*?```", "", document, flags=re.DOTALL))
    with_slash, with_ending = r"(?!/|\.\./|https?:)[\w./*-]*/[\w./*-]*", rf"[^/].*{ENDINGS}"
    return {text for text in quoted if re.fullmatch(f"{with_slash}|{with_ending}", text)}


def anchors(document):
    """The fragments by which the headings of a document are linked to."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", document, flags=re.DOTALL), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def leads_nowhere(name, link):
    """Whether a link of a document names a file that is not there, or a heading that it does not have."""
    path, _, fragment = link.partition("#")
    target = (PROJECT / name).parent / path if path else PROJECT / name
    return not target.exists() or (fragment and fragment not in anchors(target.read_text(encoding="utf-8")))


def sentences(document):
    """The sentences of ten words or more of a document's text, without code and tables."""
    text = re.sub(r"```.*?```|^[|>#].*$", "", document, flags=re.DOTALL | re.MULTILINE)
    parts = re.split(r"(?<=[.:!?])\s+|\n\n|\n- ", text)
    return [words for part in parts if len((words := " ".join(part.split())).split()) >= 10]


def rows(document):
    """The cells of every row of every table, without headers."""
    lines = re.findall(r"^\|(?!-)(.+)\|$(?!\n\|-)", document, flags=re.MULTILINE)
    return [[cell.strip() for cell in line.split(" | ")] for line in lines]


def parameters():
    """The parameters of addresses that pages read or write: literal names given to the functions that do so."""
    calls = [
        node
        for file in (PROJECT / "pages").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    place = {"one_of": 1, "number_within": 1, "free_text": 0, "st.query_params.get": 0}
    read = [call.args[place[name]] for call in calls if (name := ast.unparse(call.func)) in place]
    written = {keyword.arg for call in calls if ast.unparse(call.func) == "choose" for keyword in call.keywords if keyword.arg}
    return written | {given.value for given in read if isinstance(given, ast.Constant)}


def row_of(name):
    """The row of the glossary for an id in backticks, without the id."""
    (found,) = [cells for cells in rows(GLOSSARY) if re.search(rf"\(`{name}`\)$", cells[0])]
    return [found[0].removesuffix(f" (`{name}`)"), *found[1:]]


@pytest.mark.parametrize("name", [*MANUAL, "CONTRIBUTING.md", "GLOSSARY.md"])
def test_every_file_and_folder_that_is_named_exists(name):
    paths = named_paths(DOCUMENTS[name])
    assert [path for path in sorted(paths - MADE_BY_RUNNING) if not list(PROJECT.glob(path))] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_between_documents_leads_somewhere(name):
    links = re.findall(r"\]\((?!https?:)([^)]+)\)", DOCUMENTS[name])
    assert [link for link in links if leads_nowhere(name, link)] == []


def test_the_readme_leads_to_every_document_of_docs():
    assert [name for name in MANUAL[1:] if f"]({name})" not in DOCUMENTS["README.md"]] == []


@pytest.mark.parametrize("name", MANUAL)
def test_a_document_for_users_is_short(name):
    assert len(DOCUMENTS[name].splitlines()) <= (110 if name == "README.md" else 150)


def test_no_sentence_stands_in_two_places():
    counts = Counter(sentence for name in DOCUMENTS if not name.startswith("data/") for sentence in sentences(DOCUMENTS[name]))
    assert [sentence for sentence, times in counts.items() if times > 1] == []


def test_the_readme_warns_of_a_proxy_that_gives_readers_the_right_to_publish():
    warning = re.search(r"^> \[!WARNING\]\n(?:>.*\n)+", DOCUMENTS["README.md"], flags=re.MULTILINE)[0]
    assert warning.count("`X-Forwarded-For`") == warning.count("(docs/sign_in.md)") == 2, "in both languages"


def test_every_make_target_that_is_named_exists_and_every_target_is_named():
    targets = set(re.findall(r"^(\w+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    commands = re.findall(r"```.*?```|`[^`\n]+`", "\n".join(DOCUMENTS[name] for name in [*MANUAL, "CONTRIBUTING.md"]), flags=re.DOTALL)
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


def test_the_example_of_the_api_is_what_the_dashboard_answers():
    (example,) = (json.loads(text) for text in re.findall(r"```json\n(.*?)```", DOCUMENTS["docs/api.md"], flags=re.DOTALL))
    reading = read("partner_cities", own_data(), date(2018, 12, 31))
    assert example == describe(reading, ENGLISH)
    assert list(example) == list(describe(reading, ENGLISH))


def test_the_description_of_a_data_folder_counts_the_tables():
    assert f"All {len(TABLES.keys() - tables_added())} files" in DOCUMENTS["docs/data_desk.md"]


def test_the_check_of_a_data_folder_runs_as_it_is_written():
    assert "`python -m publishing check my_city`" in DOCUMENTS["docs/data_desk.md"]
    run = subprocess.run([sys.executable, "-m", "publishing", "check", "data"], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.startswith("data: no problem in ")


def test_every_parameter_of_an_address_is_described():
    described = {name for page in ("links", "briefings") for name in re.findall(r"`(\w+)[`=]", DOCUMENTS[f"docs/{page}.md"])}
    assert sorted(parameters() - described) == []


def test_every_key_of_the_presentation_is_described():
    assert [cells[0] for cells in rows(DOCUMENTS["docs/briefings.md"])] == list(KEYS)


def test_the_version_is_the_same_wherever_it_is_written():
    released = re.findall(r"^## \[([^]]+)\](?: - (\S+))?$", DOCUMENTS["CHANGELOG.md"], flags=re.MULTILINE)
    citation = yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
    assert released[0] == ("Unreleased", "")
    assert released[1] == (project_version(), citation["date-released"])
    assert citation["version"] == project_version()
    assert f'"version": "{project_version()}"' in DOCUMENTS["docs/api.md"]
