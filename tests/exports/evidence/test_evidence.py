"""A pack of evidence: what is in it, that the same input gives the same bytes, and what checking it finds."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from charts.theme import Drawing
from exports.__main__ import FAULTS, USAGE, WHOLE, main
from exports.evidence import verification
from exports.evidence.evidence import Evidence, Table, of_slides, packed, release_digest
from exports.evidence.verification import verify
from exports.slides import Card, Cards, Chart, Slide, Source, Text
from exports.slides import Table as SlideTable
from exports.version import code_version, project_version
from metrics.counting.reading import Formula, Reading
from publishing.files.downloads import as_package, frame_as_csv
from publishing.store.releases import digest as file_digest
from publishing.store.releases import release_digest as published_digest
from tests.worlds import ONE_ROW, world
from wording import words

DAY = date(2020, 2, 29)
READING = Reading(
    "partner_cities",
    DAY,
    71.0,
    "cities",
    Formula("share", {"part": 18.0, "whole": 57.0, "value": 71.0}),
    lower=71.0,
    upper=74.0,
    sources=("s1",),
)
GROWTH = Table("growth by year", "71 partners", "cities", pd.DataFrame({"Year": [2019, 2020], "Partners": [70, 71]}), "A page, 2020")
DATA = {"cities.csv": b"city_id\nlondon\n", "home.csv": b"city_id\nseoul\n", "DICTIONARY.md": b"# Dictionary\n"}
TABLES = ("cities", "home")
DIGEST = release_digest({name: hashlib.sha256(DATA[f"{name}.csv"]).hexdigest() for name in TABLES})
EVIDENCE = Evidence(
    "Overview", "overview?lang=en", DAY, 12, DIGEST, "abc", (READING,), (GROWTH,), (Source("A page", "https://a.example"),), DATA, TABLES
)


def pack(evidence=EVIDENCE, lang="en") -> bytes:
    return packed(evidence, words(lang), frame_as_csv)


def files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


@pytest.fixture
def told(tmp_path, capsys):
    """`told(content, lang)` -> what the command returns for a file of this content, and what it says."""

    def run(content: bytes, lang="en") -> tuple[int, list[str]]:
        file = tmp_path / "pack.zip"
        file.write_bytes(content)
        out = io.StringIO()
        code = main(["--lang", lang, "verify", str(file)], out=out)
        return code, out.getvalue().splitlines()

    return run


def faults(tmp_path, content: bytes) -> list[tuple]:
    file = tmp_path / "pack.zip"
    file.write_bytes(content)
    return [(fault.kind, *fault.fields.values()) for fault in verify(file).faults]


def test_a_pack_holds_tables_readings_sources_data_and_says_what_it_is_of():
    found = files(pack())
    assert list(found) == ["SHA256SUMS", *sorted(set(found) - {"SHA256SUMS"})]
    assert set(found) == {
        *("SHA256SUMS", "README.md", "about.json", "readings.json", "readings.csv", "sources.csv", "figures/01-growth-by-year.csv"),
        *("data/cities.csv", "data/home.csv", "data/DICTIONARY.md"),
    }
    about = json.loads(found["about.json"])
    assert about["release"] == {"number": 12, "digest": DIGEST, "counted": ["cities", "home"]}
    assert (about["as_of"], about["lang"], about["code"], about["address"]) == ("2020-02-29", "en", "abc", "overview?lang=en")
    assert about["figures"] == [{"file": "figures/01-growth-by-year.csv", "title": "71 partners", "measure": "cities"}]
    assert found["figures/01-growth-by-year.csv"].decode("utf-8-sig").split() == ["Year,Partners", "2019,70", "2020,71"]
    (reading,) = json.loads(found["readings.json"])
    assert (reading["value"], reading["lower"], reading["upper"], reading["sources"]) == (71.0, 71.0, 74.0, ["s1"])
    assert reading["formula"] == words("en").formula(READING.formula)
    (row,) = pd.read_csv(io.BytesIO(found["readings.csv"]), dtype=str, keep_default_na=False).to_dict("records")
    assert [row[words("en").of("column", name)] for name in ("lower", "upper")] == ["71", "74"]
    assert "A page,https://a.example" in found["sources.csv"].decode()


@pytest.mark.parametrize("lang, said", [("en", "Figures as of 29 Feb 2020. Release 12"), ("ko", "기준일 2020년 2월 29일. 자료 버전 12")])
def test_its_readme_is_in_the_language_of_the_reader(lang, said):
    readme = files(pack(lang=lang))["README.md"].decode()
    assert said in readme
    assert words(lang).formula(READING.formula) in readme
    assert "python -m exports verify" in readme


def test_a_pack_names_the_method_and_what_the_method_of_the_release_gave_otherwise():
    otherwise = [{"id": "partner_cities", "as_of": "2020-02-29", "value": 70.0, "lower": 70.0, "upper": 70.0}]
    found = files(pack(replace(EVIDENCE, versions={"method": 2, "published_method": 1, "schema": 8, "published_otherwise": otherwise})))
    about = json.loads(found["about.json"])
    assert (about["method"], about["published_method"], about["published_otherwise"]) == (2, 1, otherwise)
    assert "Method 2, software" in found["README.md"].decode()


def test_a_draft_and_a_page_without_figures_say_so():
    readme = files(pack(replace(EVIDENCE, release=0, tables=())))["README.md"].decode()
    assert "A draft that is not published" in readme
    assert "This page shows no figure." in readme


def test_the_same_input_gives_the_same_bytes():
    assert pack() == pack()
    assert pack() != pack(replace(EVIDENCE, code="def"))


def test_every_file_but_the_list_itself_is_in_the_list_of_checksums():
    found = files(pack())
    named = dict(reversed(line.split("  ")) for line in found.pop("SHA256SUMS").decode().splitlines())
    assert named == {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}


def test_the_digest_is_the_one_that_a_release_is_published_with():
    with zipfile.ZipFile(io.BytesIO(as_package(world(**ONE_ROW)))) as archive:
        digests = {name.removesuffix(".csv"): file_digest(archive.read(name)) for name in archive.namelist() if name.endswith(".csv")}
    assert len(digests) > 10
    assert release_digest(digests) == published_digest(digests)


@pytest.mark.parametrize(
    "lang, said",
    [
        ("en", ["All 9 files match their checksums.", f"The tables give the digest {DIGEST} of release 12."]),
        ("ko", ["파일 9개가 모두 검증값과 같습니다.", f"표에서 버전 12의 다이제스트 {DIGEST} 값이 그대로 나옵니다."]),
    ],
)
def test_a_whole_pack_is_said_to_be_whole(told, lang, said):
    assert told(pack(), lang) == (WHOLE, said)


def test_a_pack_whose_digest_was_made_otherwise_says_that_it_was_not_compared(told):
    code, said = told(pack(replace(EVIDENCE, counted=())))
    assert code == WHOLE
    assert said[1:] == ["The tables in this pack cannot give the digest of the release, so it was not compared."]


def test_every_change_of_a_pack_is_found(tmp_path):
    whole = files(pack())
    changed = whole | {"readings.csv": b"x"}
    assert faults(tmp_path, zipped(changed)) == [("changed", "readings.csv")]
    assert faults(tmp_path, zipped(whole | {"more.csv": b"x"})) == [("unlisted", "more.csv")]
    assert faults(tmp_path, zipped({name: content for name, content in whole.items() if name != "sources.csv"})) == [
        ("missing", "sources.csv")
    ]
    assert faults(tmp_path, zipped(whole | {"data/home.csv": b"city_id\nbusan\n"})) == [
        ("changed", "data/home.csv"),
        ("digest", "12", DIGEST),
    ]


def test_a_table_that_is_changed_together_with_its_checksum_betrays_itself_by_the_digest(tmp_path):
    whole, other = files(pack()), b"city_id\nbusan\n"
    sums = whole["SHA256SUMS"].decode().replace(hashlib.sha256(DATA["home.csv"]).hexdigest(), hashlib.sha256(other).hexdigest())
    assert faults(tmp_path, zipped(whole | {"data/home.csv": other, "SHA256SUMS": sums.encode()})) == [("digest", "12", DIGEST)]


def test_a_flipped_bit_is_found(tmp_path):
    content = bytearray(pack())
    at = content.index(b"readings.json") + 40  # inside the packed file
    content[at] ^= 1
    assert {kind for kind, *_ in faults(tmp_path, bytes(content))} <= {"damaged", "changed"} != set()


@pytest.mark.parametrize("name", ["../out.csv", "/etc/x", "a/../../x", "C:\\x", "a\\..\\x", "..", "~/../x"])
def test_a_name_that_leads_out_of_the_pack_is_not_opened(tmp_path, name):
    assert faults(tmp_path, zipped(files(pack()) | {name: b"x"})) == [("climbs", name)]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_not_opened(tmp_path):
    held = io.BytesIO(pack())
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("readings.csv", b"another")
    assert faults(tmp_path, held.getvalue()) == [("twice",)]


def test_a_file_that_unpacks_to_far_more_than_it_weighs_is_not_opened(tmp_path):
    assert faults(tmp_path, zipped(files(pack()) | {"zeros": bytes(8 * 2**20)})) == [("bomb", "zeros")]


def test_very_many_files_are_not_opened(tmp_path):
    assert faults(tmp_path, zipped({f"{n}": b"" for n in range(10_001)})) == [("huge",)]


def test_a_pack_may_have_as_many_files_and_as_long_a_list_as_the_limit(tmp_path, monkeypatch):
    content = pack()
    longest = max(len(files(content)[name]) for name in ("SHA256SUMS", "about.json"))
    for limit, allowed, kind in (("MEMBERS", len(files(content)), "huge"), ("LIST", longest, "sums")):
        with monkeypatch.context() as patch:
            patch.setattr(verification, limit, allowed)
            assert faults(tmp_path, content) == []
            patch.setattr(verification, limit, allowed - 1)
            assert faults(tmp_path, content)[0][0] == kind


@pytest.mark.parametrize("content", [b"", b"not a zip", pack()[:-40], b"PK\x03\x04" + bytes(60)])
def test_what_is_no_archive_gets_a_sentence(told, content):
    assert told(content) == (FAULTS, ["This is no zip file, or it is too damaged to be opened."])


@pytest.mark.parametrize("sums", [None, b"", b"nonsense", b"\xff\xfe", b"abc  README.md"])
def test_without_a_list_of_checksums_it_is_no_pack(told, sums):
    parts = files(pack()) | {"SHA256SUMS": sums}
    assert told(zipped({name: content for name, content in parts.items() if content is not None})) == (
        FAULTS,
        ["This is no pack of evidence: SHA256SUMS is missing or cannot be read."],
    )


@pytest.mark.parametrize(
    "about", [b"", b"[]", b"{}", b"null", b'{"kind": "other"}', b"[" * 100_000, b'{"kind": "evidence-pack", "release": 1}']
)
def test_without_saying_what_it_is_of_it_is_no_pack(told, about):
    assert told(zipped(files(pack()) | {"about.json": about})) == (
        FAULTS,
        ["This is no pack of evidence: about.json is missing or cannot be read."],
    )


def test_a_name_moves_no_cursor_of_the_terminal(told):
    code, said = told(zipped(files(pack()) | {"\x1b[2Jx": b""}))
    assert (code, said) == (FAULTS, ["[2Jx: not named in SHA256SUMS."])


def test_many_faults_end_with_how_many_more_there_are(told):
    code, said = told(zipped(files(pack()) | {f"more-{n}": b"" for n in range(60)}))
    assert (code, len(said), said[-1]) == (FAULTS, 51, "And 10 more.")


@pytest.mark.parametrize("line", [[], ["verify"], ["open", "x"], ["verify", "no-such-file.zip"], ["--lang", "fr", "verify", "x"]])
def test_a_line_that_makes_no_sense_is_told_so(line, capsys):
    with pytest.raises(SystemExit) as left:
        main(line, surroundings={"LANG": "ko_KR.UTF-8"})
    assert left.value.code == USAGE
    assert capsys.readouterr().err


def test_the_evidence_of_slides_is_what_their_pieces_show():
    card = Card("Partner cities", "71", (), READING)
    drawing = Drawing(json.dumps({"data": [{"type": "bar", "x": [70, 71], "y": ["2019", "2020"], "text": ["<b>70</b>", "71"]}]}), 100)
    chart = Chart("growth", "71 partners", "cities", drawing, "alt", "A page")
    source = Source("A page", "https://a.example")
    slides = [
        Slide("overview", "Seoul has 71 partners", (Cards((card,)), chart), sources=(source,)),
        Slide(
            "list",
            "Partners",
            (SlideTable("All", ("City",), (("London",), ("Paris",))), Text(("Said.",)), Cards((card,))),
            sources=(source,),
        ),
    ]
    readings, tables, sources = of_slides(slides, words("en"))
    assert readings == (READING,)
    assert sources == (source,)
    assert [(table.key, table.title) for table in tables] == [("growth", "71 partners"), ("list", "All")]
    assert tables[0].frame.to_numpy().tolist() == [[1, 70, "2019", " 70 "], [1, 71, "2020", "71"]]
    assert tables[1].frame.to_dict("list") == {"City": ["London", "Paris"]}


def test_the_code_is_named_by_its_commit_or_else_by_its_version(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "house"\nversion = "3"\n')
    assert code_version(tmp_path) == "house 3"
    (tmp_path / ".git").mkdir()  # no repository
    code_version.cache_clear()
    assert code_version(tmp_path) == "house 3"
    assert code_version()
    assert project_version(tmp_path) == "3"
