"""Files made on another thread: each once, told how far it is, and what it is made of."""

from datetime import date
from threading import Event, Thread

import pytest

from charts.theme import LIGHT
from pages.parts.briefing.downloads import FileRequest, briefing, file_name
from pages.parts.shell.background_jobs import BackgroundJobs
from pages.parts.shell.selection import Selection, View
from publishing.desk.briefings import Outline, SlideRequest
from tests.worlds import ONE_ROW, world

DAY = date(2018, 12, 31)
ASKED = Outline("Visit", (SlideRequest("growth"), SlideRequest("closing")))


def dark(lang: str = "en") -> View:
    return View(Selection(DAY, lang), (), world(**ONE_ROW), "dark", DAY)


def done(job) -> bytes | None:
    job.result.exception(timeout=10)
    return job.content()


def test_a_file_is_made_once_however_often_it_is_asked_for():
    workshop, made = BackgroundJobs(), []
    jobs = [workshop.ask("key", lambda tell: made.append(1) or b"file") for _ in range(5)]
    assert {done(job) for job in jobs} == {b"file"}
    assert made == [1]
    assert workshop.find("key") is jobs[0]
    assert workshop.find("other") is None


def test_who_asks_does_not_wait_and_is_told_how_far_it_is():
    workshop, begun, go_on = BackgroundJobs(), Event(), Event()

    def make(tell):
        tell(3, 8)
        begun.set()
        go_on.wait(10)
        return b"file"

    job = workshop.ask("key", make)
    assert begun.wait(10)
    assert (job.done, job.of, job.content(), job.failed()) == (3, 8, None, False)
    go_on.set()
    assert done(job) == b"file"


def test_what_failed_is_told_calmly_and_can_be_asked_for_again():
    workshop = BackgroundJobs()
    failed = workshop.ask("key", lambda tell: 1 // 0)
    assert (done(failed), failed.failed()) == (None, True)
    again = workshop.ask("key", lambda tell: b"file")
    assert again is not failed
    assert done(again) == b"file"


def test_few_files_are_kept_and_the_one_asked_for_longest_ago_goes_first():
    workshop = BackgroundJobs(most=2)
    for key in ("first", "second", "first", "third"):
        done(workshop.ask(key, lambda tell, key=key: key.encode()))
    assert [key for key in ("first", "second", "third") if workshop.find(key)] == ["first", "third"]


def test_readers_who_ask_at_once_get_the_same_file():
    workshop, jobs = BackgroundJobs(), []
    threads = [Thread(target=lambda: jobs.append(workshop.ask("key", lambda tell: b"file"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(job) for job in jobs}) == 1


def test_what_is_taken_home_is_on_paper_in_the_language_and_day_of_the_page():
    made = briefing(dark("ko"), ASKED, "방문")
    assert (made.title, made.city, made.day, made.release, made.lang, made.colours) == ("방문", "서울", DAY, 1, "ko", LIGHT)
    assert [slide.kind for slide in made.slides] == ["growth", "closing"]
    assert '"template":"light"' in made.slides[0].pieces[0].drawing.text.replace(" ", "")


def test_another_outline_language_or_template_is_another_file():
    view = dark()
    first = FileRequest("pptx", view, ASKED, "Visit")
    others = [
        FileRequest("pdf", view, ASKED, "Visit"),
        FileRequest("pptx", dark("ko"), ASKED, "Visit"),
        FileRequest("pptx", view, ASKED.without(0), "Visit"),
        FileRequest("pptx", view, ASKED, "Visit", b"template"),
    ]
    assert len({first.key(), *(other.key() for other in others)}) == 5
    assert FileRequest("pptx", view, Outline("Visit", ASKED.slides), "Visit").key() == first.key()


@pytest.mark.parametrize(
    "title, name",
    [
        ("Visit of Wellington", "Visit-of-Wellington_2018-12-31_r1_en.pptx"),
        ("웰링턴 시장 방문", "웰링턴-시장-방문_2018-12-31_r1_en.pptx"),
        ("../../etc\\passwd: <x>", "etc-passwd-x_2018-12-31_r1_en.pptx"),
        ("???", "briefing_2018-12-31_r1_en.pptx"),
    ],
)
def test_a_file_is_called_by_title_date_release_and_language(title, name):
    assert file_name(dark(), title, "pptx") == name
