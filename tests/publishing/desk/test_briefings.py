"""Briefings as they are kept: a link holds a whole outline or none, and of two who save the second is told."""

import json
import zlib
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.access.rights import AT_THE_MACHINE, Visitor
from publishing.desk import briefings
from publishing.desk.briefings import FORM, LINK, NOTE, SLIDES, TITLE, Outline, SlideRequest, Writer, decode, encode, listed, saved
from publishing.store.errors import BriefingSavedMeanwhile, NameTaken, NoSuchBriefing, NotAllowed, StoreUnreachable
from publishing.store.store import FILE, open_store
from tests.worlds import ONE_ROW, write

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
STRANGER = Visitor("0.0.0.0", "192.0.2.7", (("host", "dashboard.example"),))

texts = st.text(max_size=60)
slides = st.builds(SlideRequest, texts, st.dictionaries(texts, texts, max_size=4), texts, texts)
outlines = st.builds(Outline, texts, st.lists(slides, max_size=5).map(tuple))
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts, lambda item: st.lists(item) | st.dictionaries(texts, item)
)


def packed(content: object) -> str:
    return linked(zlib.compress(json.dumps(content).encode()))


def linked(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


@given(outlines)
def test_a_link_gives_back_the_outline_that_it_was_made_of(outline):
    link = encode(outline)
    assert decode(link) == (outline if len(link) <= LINK else None)
    assert decode(link) is None or hash(decode(link)) == hash(outline)


@given(st.text() | st.binary().map(linked) | plain.map(packed) | plain.map(lambda item: packed([FORM, "t", [item]])))
def test_any_other_link_gives_an_outline_or_none_and_never_a_fault(link):
    outline = decode(link)
    assert outline is None or decode(encode(outline)) == outline


@pytest.mark.parametrize("cut", range(1, 30))
def test_a_link_that_was_cut_off_is_no_outline(cut):
    link = encode(Outline("Visit", (SlideRequest("map", {"types": "sister"}, "", "Good morning"),)))
    assert decode(link) is not None
    assert decode(link[:-cut]) is None


@pytest.mark.parametrize(
    "hostile",
    [
        linked(zlib.compress(b"[" * 3_000_000, 9)),  # longer than any outline
        linked(zlib.compress(b"[" * 1_000_000, 9)),  # deeper than any outline
        linked(zlib.compress(b'[1,"t",' + b"9" * 9_000 + b"]")),
        "A" * (LINK + 1),
        "%00",
        "한글",
        "",
        packed([2, "t", []]),
        packed([FORM, "t", [["map", ["a"]]]]),
        packed([FORM, "t", [["map", {"types": 1}]]]),
        packed([FORM, "t", [["map", {}, "", "", ""]]]),
        packed([FORM, "t", [[]]]),
        packed([FORM, None, []]),
        packed({"title": "t"}),
    ],
)
def test_a_hostile_link_is_no_outline(hostile):
    assert decode(hostile) is None


def test_a_link_may_be_as_long_as_the_limit(monkeypatch):
    link = encode(VISIT)
    monkeypatch.setattr(briefings, "LINK", len(link))
    assert decode(link) == VISIT
    monkeypatch.setattr(briefings, "LINK", len(link) - 1)
    assert decode(link) is None


def test_a_slide_moves_to_a_place_that_there_is_and_to_no_other():
    outline = Outline("t", tuple(SlideRequest(kind) for kind in "abc"))
    kinds = {to: "".join(slide.kind for slide in outline.moved(0, to).slides) for to in (-1, 0, 1, 2, 3)}
    assert kinds == {-1: "abc", 0: "abc", 1: "bac", 2: "bca", 3: "abc"}
    assert outline.moved(3, 0) == outline


def test_what_cannot_be_shown_is_left_out_and_what_is_too_long_is_cut():
    odd = SlideRequest("map\x00", {"types": "a\ud800b", "": "x", "regions": ""}, "Two\nlines\u202e", "Keep\nlines\x1b[0m")
    assert odd == SlideRequest("map", {"types": "ab"}, "Two lines", "Keep\nlines[0m")
    assert odd.parts == {"types": "ab"}
    long = Outline("t" * 999, (SlideRequest("map", {}, "h" * 999, "n" * 9999),) * 99)
    assert (len(long.title), len(long.slides)) == (TITLE, SLIDES)
    assert (len(long.slides[0].title), len(long.slides[0].note)) == (TITLE, NOTE)


def test_a_briefing_of_eight_slides_with_korean_notes_is_short_enough_for_its_link():
    note = "먼저 인사를 드리고, 서울이 올해 새로 맺은 우호도시를 한 곳씩 소개합니다. 질문은 끝에 받습니다. "
    chosen = {"as_of": "2018-12-31"}
    outline = Outline("다섯 분 요약", tuple(SlideRequest(f"partner_cities.chart-{n}", chosen, "", note * n) for n in range(1, 9)))
    assert decode(encode(outline)) == outline


@pytest.fixture
def store(tmp_path, address):
    opened = open_store(tmp_path / "state", write(tmp_path / "data", ONE_ROW), clock=lambda: NOON, patience=5, address=address)
    yield opened
    opened.engine.dispose()


VISIT = Outline("Visit", (SlideRequest("map", {"types": "sister"}, "", "Hello"), SlideRequest("closing")))


def writer(store, author="kim"):
    return Writer(store, AT_THE_MACHINE, author)


def test_a_saved_briefing_reads_back_with_who_and_when(store):
    made = writer(store).save(VISIT)
    assert saved(store, made.id) == made
    assert (made.name, made.version, made.author, made.at, made.outline) == ("Visit", 1, "kim", NOON, VISIT)
    assert listed(store) == (made,)


def test_saving_again_replaces_it_counts_up_and_may_give_it_another_name(store):
    first = writer(store).save(VISIT)
    second = writer(store, "lee").save(Outline("Visit of the mayor", VISIT.slides), first.id, 1)
    assert (second.id, second.version, second.author, second.name) == (first.id, 2, "lee", "Visit of the mayor")
    assert listed(store) == (second,)


def test_who_saves_last_is_told_that_somebody_saved_in_between_and_nothing_is_lost(store):
    first = writer(store).save(VISIT)
    lee = writer(store, "lee").save(Outline("Visit", ()), first.id, first.version)
    with pytest.raises(BriefingSavedMeanwhile) as error:
        writer(store).save(Outline("Mine", VISIT.slides), first.id, first.version)
    assert (error.value.author, error.value.version) == ("lee", 2)
    with pytest.raises(BriefingSavedMeanwhile):
        writer(store).delete(first.id, first.version)
    assert listed(store) == (lee,)


def test_of_many_who_save_the_same_version_at_once_one_wins(store):
    first = writer(store).save(VISIT)
    start, results = Barrier(8), []

    def save(author):
        start.wait()
        try:
            results.append(writer(store, author).save(VISIT, first.id, first.version).version)
        except BriefingSavedMeanwhile as late:
            results.append(late.author)

    threads = [Thread(target=save, args=(f"author {n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = saved(store, first.id)
    assert winner.version == 2
    assert sorted(map(str, results)) == sorted(["2", *[winner.author] * 7])


def test_a_name_is_given_once(store):
    first = writer(store).save(VISIT)
    with pytest.raises(NameTaken):
        writer(store).save(Outline("Visit", ()))
    other = writer(store).save(Outline("Other", ()))
    with pytest.raises(NameTaken):
        writer(store).save(Outline("Visit", ()), other.id, other.version)
    assert {item.name: item.version for item in listed(store)} == {"Visit": 1, "Other": 1}
    assert saved(store, first.id) == first


def test_a_deleted_briefing_is_gone_and_cannot_be_saved_over(store):
    made = writer(store).save(VISIT)
    writer(store).delete(made.id, made.version)
    assert listed(store) == ()
    for late in (
        lambda: saved(store, made.id),
        lambda: writer(store).save(VISIT, made.id, made.version),
        lambda: writer(store).delete(made.id, made.version),
    ):
        with pytest.raises(NoSuchBriefing):
            late()


def test_a_briefing_without_a_title_is_not_saved(store):
    with pytest.raises(ValueError):
        writer(store).save(Outline("  \n", VISIT.slides))
    assert listed(store) == ()


def test_who_may_not_publish_may_not_save_or_delete_but_may_read(store):
    made = writer(store).save(VISIT)
    stranger = Writer(store, STRANGER, "stranger")
    with pytest.raises(NotAllowed):
        stranger.save(VISIT)
    with pytest.raises(NotAllowed):
        stranger.delete(made.id, made.version)
    assert saved(store, made.id) == made


@pytest.mark.parametrize("content", [b"", b"no outline", zlib.compress(b"[2]"), zlib.compress(b"[" * 3_000_000), "text", 7])
def test_a_damaged_briefing_is_listed_without_its_slides_and_spoils_no_other(store, raw, address, content):
    damaged, whole = writer(store).save(VISIT), writer(store).save(Outline("Whole", VISIT.slides))
    stored = str(content).encode() if address and not isinstance(content, bytes) else content  # only SQLite keeps text among bytes
    raw("UPDATE briefings SET content = :content WHERE id = :id", content=stored, id=damaged.id)
    assert {item.name: item.outline for item in listed(store)} == {"Visit": None, "Whole": whole.outline}
    writer(store).delete(damaged.id, damaged.version)
    assert listed(store) == (whole,)


@pytest.mark.parametrize("address", [""], ids=["sqlite"])
def test_a_store_that_is_away_says_so(store, tmp_path):
    (tmp_path / "state" / FILE).rename(tmp_path / "state" / "elsewhere")
    with pytest.raises(StoreUnreachable):
        listed(store)
    with pytest.raises(StoreUnreachable):
        writer(store).save(VISIT)
