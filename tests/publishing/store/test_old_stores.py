"""A store that an earlier version made, by that version's own code, opens and goes on; a change of a table without its step is named."""

import json
import shutil
from datetime import date
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import update

from languages import LANGUAGES
from metrics.indicators.method import METHOD
from metrics.indicators.registry import readings
from metrics.schema import migrations as schema_steps
from metrics.schema.columns import fields, table, text
from metrics.schema.migrations import STEPS, ColumnAdded, ColumnRemoved, ColumnRenamed, RuleChanged, TableAdded, newest_schema
from metrics.schema.names import offered_languages
from metrics.schema.tables import TABLES
from metrics.schema.vocabulary import FAMILY, codes, standard
from publishing.access.rights import Visitor, rules_from, signed_in
from publishing.changes.marks import changed_cells, marks
from publishing.changes.rows import raw as as_rows
from publishing.desk.desk import DraftWorkspace, as_of_release, drafts
from publishing.files.downloads import as_package
from publishing.files.headings import _names
from publishing.store.backup import backup, recover
from publishing.store.database import writing
from publishing.store.errors import UnknownSchema
from publishing.store.releases import candidate, faults, read_folder
from publishing.store.schema import RELEASES
from publishing.store.since import described
from publishing.store.store import FILE, Store, open_store, place
from tests.stores.shapes import shapes
from tests.worlds import ONE_ROW, write

STORES = Path(__file__).parents[2] / "stores"


def about(name):
    return json.loads((STORES / name / "about.json").read_text())


KEPT = sorted((file.parent.name for file in STORES.glob("*/about.json")), key=lambda name: about(name)["schema"])


@pytest.fixture(params=KEPT)
def name(request):
    return request.param


@pytest.fixture
def store(name, address, tmp_path):
    """The kept store, opened by the code of today, in a file and in PostgreSQL."""
    (tmp_path / "state").mkdir()
    if address:
        dump = (STORES / name / "store.sql").read_text()
        with psycopg.connect(address.replace("postgresql+psycopg://", "postgresql://", 1)) as connection:
            connection.execute("".join(line for line in dump.splitlines(keepends=True) if not line.startswith("\\")))
    else:
        shutil.copy(STORES / name / "store.sqlite", tmp_path / "state" / FILE)
    opened = open_store(tmp_path / "state", tmp_path / "no-data", begin=False, address=address)
    yield opened
    opened.engine.dispose()


def test_every_release_is_read_with_its_digest_and_can_be_taken_away(store, name):
    for entry in store.history():
        release = store.release(entry.number)
        assert release.digest == entry.digest
        assert list(release.tables) == list(TABLES)
        assert {name: codes(release, name) for name in FAMILY} == {name: standard(name) for name in FAMILY}
        assert as_package(release)


def test_one_publishes_on_it_restores_and_finds_the_draft(store):
    newest = store.newest()
    rows = as_rows(store.release(newest), "networks")
    draft, problems = candidate(store.release(newest), {"networks": rows.assign(name_ko="이름")})
    assert problems == ()
    made = store.publish(draft, parent=newest, author="kim", note="On an old release")
    assert (made.schema, made.method) == (newest_schema(), METHOD)
    assert store.release(made.number).figures.values
    assert store.restore(2, parent=made.number, author="kim", note="back").digest == store.entry(2).digest
    assert [list(draft.tables) for draft in drafts(store, "kim")] == [["networks"]]


def test_its_releases_say_nothing_of_revisions_and_the_next_one_does(store):
    assert not any(entry.marks for entry in store.history())
    base = store.release(store.newest())
    made, _ = candidate(base, {"networks": as_rows(base, "networks").assign(name_ko="이름")})
    cells = changed_cells(base, made)
    entry = store.publish(made, parent=base.number, author="kim", note="Misspelt", marks=marks(cells, cells[:1]))
    assert store.entry(entry.number) == entry
    assert list(entry.marks.values()).count("correction") == 1
    assert set(entry.marks) == set(cells)
    assert described(store.entry(2), store.release)["changes"][0]["changed"][0]["mark"] is None
    assert described(entry, store.release)["changes"][0]["changed"][0]["mark"] == "correction"


def workspace(store, claims, **access):
    """The place at the desk of an analyst by what the provider says of her."""
    rules = rules_from({"auth": {"client_id": "x"}, "access": {"analysts": ["staff"], "claim": "groups", **access}})
    signed = signed_in({"iss": "https://id.example", "groups": "staff"} | claims, rules)
    return DraftWorkspace(store, Visitor("", "203.0.113.9", signed=signed), signed.known_as, rules)


def test_drafts_kept_under_an_address_pass_to_whoever_has_exactly_that_one_verified(store, raw):
    raw("UPDATE drafts SET author = 'kim@city.example'")
    others = (
        {"sub": "1", "email": "kim@city.example"},
        {"sub": "2", "email": "kim@city.example", "email_verified": False},
        {"sub": "3", "email": "\u212aim@city.example", "email_verified": True},
        {"sub": "4", "email": "kim@city.example.org", "email_verified": True},
        {"sub": "kim@city.example"},
    )
    kim = {"sub": "5", "email": "Kim@city.example", "email_verified": True}
    expected = [[]] * len(others) + [[["networks"]], []]
    tables = []
    for claims in (*others, kim, kim | {"sub": "6"}):
        place = workspace(store, claims, trust_email=True)
        place.adopt()
        place.adopt()
        tables.append([list(draft.tables) for draft in place.drafts()])
    assert tables == expected


def test_it_is_offered_in_the_languages_of_the_interface_where_its_city_declares_none(store):
    release = store.release(store.newest())
    assert release.tables["home"]["languages"].tolist() == [""]
    assert offered_languages(release) == tuple(LANGUAGES)
    assert not [problem for problem in faults(release) if problem.column == "languages"]


def test_it_is_kept_in_a_backup_and_both_backups_come_back(store, name, tmp_path):
    backup(store.engine, tmp_path / "today.zip")
    for number, file in enumerate((tmp_path / "today.zip", STORES / name / "backup.zip")):
        again = place(tmp_path / f"again-{number}")
        recover(again.engine, file)
        assert [entry.digest for entry in again.history()] == [entry.digest for entry in store.history()]
        again.engine.dispose()


def test_the_same_method_says_the_same_of_it(store, name):
    facts = about(name)
    if facts["method"] != METHOD:
        pytest.skip("another method made it")
    day = date.fromisoformat(facts["day"])
    for number, values in facts["readings"].items():
        today = {reading.indicator: [reading.value, reading.lower, reading.upper] for reading in readings(store.release(int(number)), day)}
        assert today == values, "raise METHOD in metrics/indicators/method.py"


def test_a_release_of_a_newer_version_is_left_alone_and_the_last_known_one_serves(store):
    newest = store.newest()
    with writing(store.engine) as connection:
        connection.execute(update(RELEASES).where(RELEASES.c.number == newest).values(schema=newest_schema() + 1))
    with pytest.raises(UnknownSchema):
        store.release(newest)
    assert store.in_force().number == newest - 1
    with pytest.raises(UnknownSchema):
        store.restore(1, parent=newest - 1, author="kim", note="")


def redeclared(name, columns, like="networks"):
    """A table of other columns, in the words of another one."""
    about_it = TABLES[like].metadata
    title, says = about_it["title"], about_it["description"]
    return table(name, title.en, title.ko, en=says.en, ko=says.ko, key=about_it["key"], columns=columns)


WORD = text("Word", "낱말", "forum", en="A word.", ko="낱말.", pattern="[a-z]+")
NETWORKS = fields(TABLES["networks"])
WITHOUT_KOREAN = {name: field for name, field in NETWORKS.items() if name != "name_ko"}
CHANGES = {
    "an optional column": (ColumnAdded("networks", "word"), NETWORKS | {"word": text("Word", "낱말", "", en="A.", ko="가.", empty=True)}),
    "a required column": (ColumnAdded("networks", "word", filling="forum"), NETWORKS | {"word": WORD}),
    "a column renamed": (ColumnRenamed("networks", before="name_ko", column="native"), WITHOUT_KOREAN | {"native": NETWORKS["name_ko"]}),
    "a column dropped": (ColumnRemoved("networks", "name_ko"), WITHOUT_KOREAN),
    "a table": (TableAdded("visits"), NETWORKS),
    "a tighter rule": (RuleChanged("networks", "name_en"), NETWORKS | {"name_en": WORD}),
}


@pytest.fixture(params=CHANGES)
def step(request, store, monkeypatch):
    """The code of today with one more change of a table, which begins after the store was opened."""
    made, columns = CHANGES[request.param]
    monkeypatch.setitem(TABLES, made.table, redeclared(made.table, columns))
    monkeypatch.setattr(schema_steps, "STEPS", [*STEPS, made])
    _names.cache_clear()
    yield made
    _names.cache_clear()


@pytest.fixture
def folder(tmp_path):
    """A data folder in the columns of before the change."""
    return write(tmp_path / "data", ONE_ROW | {"networks": "network_id,name_en,name_ko,source_id\nforum,forum,포럼,s1\n"})


@pytest.fixture
def published(store):
    """The same store with a release that the code of today published, whose version is known."""
    return changed(store, "sources", title="A page of today")


def changed(store: Store, name, **cells):
    """A release with other cells in a table, published on the newest."""
    newest = store.newest()
    draft, problems = candidate(store.release(newest), {name: as_rows(store.release(newest), name).assign(**cells)})
    assert problems == ()
    return store.publish(draft, parent=newest, author="kim", note="On an old release", removals=0)


def test_under_a_change_of_a_table_every_release_is_served_and_can_be_taken_away(published, step, store):
    for entry in store.history():
        release = store.release(entry.number)
        assert release.digest == entry.digest
        assert {name: list(rows) for name, rows in release.tables.items()} == {name: list(TABLES[name].columns) for name in TABLES}
        assert readings(release, date(2026, 1, 1))
        assert as_package(release)


def test_under_a_change_of_a_table_one_previews_publishes_and_restores(published, step, store):
    made = changed(store, "sources", title="A page of tomorrow")
    assert made.schema == newest_schema() == len(STEPS) + 1
    assert store.restore(2, parent=made.number, author="kim", note="back").digest == store.entry(2).digest


def test_under_a_change_of_a_table_backups_come_back_and_a_folder_of_before_is_read(folder, published, step, store, tmp_path):
    backup(store.engine, tmp_path / "today.zip")
    again = place(tmp_path / "again")
    recover(again.engine, tmp_path / "today.zip")
    assert [again.release(entry.number).digest for entry in again.history()] == [entry.digest for entry in store.history()]
    again.engine.dispose()
    networks = read_folder(folder).tables["networks"]
    assert (list(networks), len(networks)) == (list(TABLES["networks"].columns), 1)


def test_a_file_that_was_downloaded_before_a_column_was_added_is_filled_as_the_rows_of_its_release(published, step, store):
    release = store.release(published.number)
    file = as_rows(release, "networks")
    if isinstance(step, ColumnAdded):
        file = file.drop(columns=step.column)
    _, problems = candidate(release, as_of_release({"networks": file}, release))
    assert {problem.column for problem in problems} == ({"name_en"} if isinstance(step, RuleChanged) else set())


def test_a_rule_that_an_old_release_breaks_is_a_hint_and_blocks_only_its_own_table(store, monkeypatch):
    made, columns = CHANGES["a tighter rule"]
    monkeypatch.setitem(TABLES, "networks", redeclared("networks", columns))
    monkeypatch.setattr(schema_steps, "STEPS", [*STEPS, made])
    newest = store.release(store.newest())
    assert {(problem.table, problem.column) for problem in faults(newest)} == {("networks", "name_en")}
    _, problems = candidate(newest, {"networks": as_rows(newest, "networks")})
    assert {(problem.table, problem.column) for problem in problems} == {("networks", "name_en")}
    changed(store, "sources", title="A page of tomorrow")


def differing(before, after):
    """(table, column) of every difference between two shapes; the column is "" where the table itself differs."""
    tables = before.keys() | after.keys()
    whole = {(table, "") for table in tables if (table in before) != (table in after)}
    both = [(table, before[table]["columns"], after[table]["columns"]) for table in before.keys() & after.keys()]
    return whole | {(table, column) for table, old, new in both for column in old.keys() | new.keys() if old.get(column) != new.get(column)}


def test_a_change_of_a_table_has_its_step():
    facts = about(KEPT[-1])
    steps = STEPS[facts["schema"] :]
    named = {(step.table, getattr(step, "column", "")) for step in steps}
    named |= {(step.table, step.before) for step in steps if isinstance(step, ColumnRenamed)}
    missing = differing(facts["tables"], shapes()) - named
    assert not missing, f"add a step to STEPS in metrics/schema/migrations.py for each of {sorted(missing)}"


@pytest.mark.parametrize("figures", [{}, [], {"day": "never", "values": {}}, {"day": "2026-01-01", "values": {"partner_cities": 3}}])
def test_a_release_is_read_where_the_figures_of_its_day_are_damaged(store, figures):
    newest = store.newest()
    with writing(store.engine) as connection:
        connection.execute(update(RELEASES).where(RELEASES.c.number == newest).values(figures=figures))
    assert store.release(newest).figures is None
