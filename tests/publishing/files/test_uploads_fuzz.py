"""Arbitrary uploads: never a crash, never a change. 1,000 of them in `make test`, more in `make fuzz`."""

import io
import unicodedata
import zipfile
from functools import partial

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from metrics.schema.checks import typed
from metrics.schema.columns import fields
from metrics.schema.problems import KINDS
from metrics.schema.tables import TABLES
from publishing.files.downloads import as_csv, as_workbook, template
from publishing.files.intake import take, together
from publishing.files.marking import with_problems
from publishing.files.sentences import read_as, sentence
from publishing.files.table_text import canonical
from publishing.store.releases import candidate
from tests.worlds import own_data, world
from wording import words

TRIED = settings(max_examples=min(10 * settings().max_examples, 20_000), deadline=None, suppress_health_check=list(HealthCheck))
REAL = own_data()
KEPT = {name: canonical(name, REAL.tables[name]) for name in TABLES}
SMALL = ("networks", "home")


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


BOOKS = [as_workbook(REAL, "home", "ko"), template("fund", "en", "xlsx")]
WHOLE = [*(as_csv(REAL, name, lang) for name in SMALL for lang in ("ko", "en")), *BOOKS]
PARTS = [
    *((unpacked(book), part) for book in BOOKS for part in unpacked(book)),
    *(({f"{table}.csv": KEPT[table] for table in SMALL}, f"{name}.csv") for name in SMALL),
]
PIECES = st.sampled_from(
    [b"", b"\0", b'"', b",", b"\n", b"<", b"&#0;", b"<!DOCTYPE a>", b"99999999999", b"1e999", b"NaN", b"\xff\xfe", b"\xb0\xa1"]
)


@st.composite
def spoiled(draw, content):
    """Bytes with a few stretches cut out or replaced."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        until = draw(st.integers(at, min(len(content), at + 40)))
        content = content[:at] + draw(PIECES | st.binary(max_size=12)) + content[until:]
    return content


@st.composite
def spoiled_within(draw):
    """A workbook or archive that is whole, with one part that is not."""
    parts, name = draw(st.sampled_from(PARTS))
    return packed(parts | {name: draw(spoiled(parts[name]))})


MEANT = ["2017.7.24", "2017년 7월", "03/04/2017", "42920", "１２", "1,234", "NA", "Primary"]
HOSTILE = ["=HYPERLINK(1)", "'=1", "<script>", "[a](b)", "![a](b)", "$$", "\u202e", "\u200b", "x" * 10_000]
CELLS = st.text(max_size=12) | st.sampled_from([*MEANT, *HOSTILE])


@st.composite
def tables(draw):
    """A table as people would write it, with anything in its cells."""
    name = draw(st.sampled_from(list(TABLES)))
    declared = draw(st.permutations(list(fields(TABLES[name]).items())))
    titles = [draw(st.sampled_from([column, field.title.en, field.title.ko])) for column, field in declared]
    rows = draw(st.lists(st.lists(CELLS, min_size=len(titles) - 1, max_size=len(titles) + 1), max_size=4))
    separator = draw(st.sampled_from(",;\t"))
    lines = [separator.join(titles), *(separator.join(row) for row in rows)]
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines).encode(draw(st.sampled_from(["utf-8", "utf-16", "utf-8-sig"])), "replace")


UPLOADS = st.tuples(
    st.sampled_from(["networks.csv", "기금.xlsx", "x.zip", "", "../../etc\0/passwd", "sources"]) | st.text(max_size=20),
    st.binary(max_size=300) | tables() | st.sampled_from(WHOLE).flatmap(spoiled) | spoiled_within(),
)


@TRIED
@given(st.tuples(UPLOADS) | st.tuples(UPLOADS, UPLOADS), st.sampled_from(["ko", "en"]))
def test_no_upload_however_broken_raises_or_changes_anything(files, lang):
    upload = take(files)
    event(f"taken: {len(upload.tables)} tables, {sorted({problem.kind for problem in upload.problems})[:1]}")
    assert len(upload.tables) + len(upload.problems) >= len(files)
    draft, faults = candidate(REAL, upload.tables)
    problems = together(upload.problems, faults)
    assert all(set(problem.params) == set(KINDS[problem.kind]) for problem in problems)
    assert all(sentence(problem, words(lang)) for problem in problems)
    assert all(read_as(read, words(lang)) for read in upload.read_as)
    assert len({(p.table, p.row, p.column) for p in problems if p.row}) == len([p for p in problems if p.row])
    assert all(isinstance(with_problems(name, content, problems, words(lang)), bytes) for name, content in files)
    assert (draft is None) == bool(faults)
    assert {name: canonical(name, REAL.tables[name]) for name in SMALL} == {name: KEPT[name] for name in SMALL}


LETTERS = st.characters(blacklist_categories=("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")) | st.sampled_from(" \n,;\t\"'=+-@")
TEXTS = st.text(LETTERS, max_size=20).map(partial(unicodedata.normalize, "NFC")).map(str.strip)  # the form that tables hold
FRAMES = st.lists(st.tuples(TEXTS.filter(bool), TEXTS, TEXTS), max_size=5)


@settings(deadline=None, max_examples=settings().max_examples)
@given(FRAMES, st.sampled_from(["ko", "en"]), st.sampled_from([as_csv, as_workbook]))
def test_whatever_text_a_table_holds_comes_back_as_it_went(rows, lang, form):
    release = world()
    frame = release.tables["sources"].reindex(range(len(rows))).fillna("")
    for at, column in enumerate(("title", "publisher", "note_en")):
        frame[column] = [row[at] for row in rows]
    frame["source_id"] = [f"s{at}" for at in range(len(rows))]
    sent = type(release)(1, "", release.tables | {"sources": frame.astype("str")})
    upload = take([("x", form(sent, "sources", lang))])
    assert (upload.problems, upload.read_as) == ((), ())
    back = type(release)(0, "", {"sources": typed("sources", upload.tables["sources"])[0]})
    assert canonical("sources", back.tables["sources"]) == canonical("sources", sent.tables["sources"])


@pytest.mark.parametrize("content", WHOLE)
def test_a_file_cut_off_anywhere_is_told_and_not_raised(content):
    for at in range(0, len(content), max(1, len(content) // 40)):
        upload = take([("x", content[:at])])
        assert upload.tables or upload.problems
