"""The page of briefings as a script: presets, the editor, what another page adds, saving, bad addresses; and the slides they lead to."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from string import ascii_letters

import pytest
from streamlit.testing.v1 import AppTest

from exports.slides import Cards, Chart, Cover, Facts, Map, Table, Text
from pages.parts.briefing.slide_words import chosen
from pages.parts.briefing.slides import KINDS, PRESETS, filled, notices_of, preset, request_for, slide_of, slides_of
from pages.parts.shell.current_user import name as person
from pages.parts.shell.selection import Selection, View
from publishing.access.rights import AT_THE_MACHINE, Visitor
from publishing.desk.briefings import LINK, SLIDES, Outline, SlideRequest, Writer, decode, encode, listed
from publishing.store.release_cache import current_release, current_store
from publishing.store.store import FILE, open_store
from tests.drawn import charts, maps, shown
from tests.worlds import EMPTY, ONE_ROW, own_data, world, write

FRAME = Path(__file__).parents[2] / "pages" / "_frame.py"
STRANGER = Visitor("0.0.0.0", "192.0.2.7", (("host", "dashboard.example"),))
VISIT = Outline("Visit", (SlideRequest("title"), SlideRequest("growth", {}, "", "Say hello"), SlideRequest("closing")))


def page(name: str = "briefing", visitor: Visitor = AT_THE_MACHINE, **query: str) -> AppTest:
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    app.session_state["visitor"] = visitor
    for part, value in {"lang": "en", **query}.items():
        app.query_params[part] = value
    return app.switch_page(f"{name}.py").run()


def told(app: AppTest) -> list[str]:
    return [box.value for box in app.info]


def part(app: AppTest, name: str) -> str:
    """A part of the address, "" where it is not there."""
    found = app.query_params.get(name, "")
    return found if isinstance(found, str) else found[0]


def outline(app: AppTest) -> Outline:
    """The outline that the address holds."""
    return decode(part(app, "slides"))


def kinds(app: AppTest) -> list[str]:
    return [one.kind for one in outline(app).slides]


@pytest.fixture(params=[EMPTY, ONE_ROW], ids=["empty", "one row"])
def tiny(request, monkeypatch, tmp_path):
    """A data folder that holds next to nothing."""
    monkeypatch.delenv("DASHBOARD_STATE", raising=False)
    monkeypatch.setenv("DASHBOARD_DATA", str(write(tmp_path, request.param)))


@pytest.fixture
def own(monkeypatch, tmp_path):
    """A store of this test alone, over one row a table."""
    monkeypatch.delenv("DASHBOARD_STATE", raising=False)
    monkeypatch.setenv("DASHBOARD_DATA", str(write(tmp_path, ONE_ROW)))
    return open_store(tmp_path / "var", tmp_path)


def seen(lang: str = "en", on: date = date(2026, 11, 1), **chosen) -> View:
    return View(Selection(on, lang, **chosen), (), current_release(), "light", on)


# What one can begin with


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_without_a_briefing_the_page_offers_presets_with_what_is_in_them(lang):
    html = shown(page(lang=lang))
    assert html.count('<ol class="outline">') == len(PRESETS)
    assert ("Five-minute overview" if lang == "en" else "5분 현황 보고") in html


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_becomes_an_edit_in_the_address(name):
    app = page()
    app.button(key=f"preset-{name}").click().run()
    shown(app)
    assert kinds(app)[0] == "title"
    assert kinds(app)[-1] == "closing"
    assert listed(current_store()) == ()


def test_the_preset_of_one_city_asks_which_and_shows_it_on_its_slides():
    app = page()
    app.selectbox(key="preset-city").set_value("wellington").run()
    app.button(key="preset-one_city").click().run()
    assert {one.parts.get("city") for one in outline(app).slides[:3]} == {"wellington"}
    assert r"Wellington \(New Zealand\) is a sister city" in " ".join(app.radio(key="control-at").options)


def test_a_city_with_exported_projects_gets_their_map_and_another_does_not():
    assert "policy_exports.map" in [one.kind for one in preset(seen(), "one_city", "wellington").slides]
    assert "policy_exports.map" not in [one.kind for one in preset(seen(), "one_city", "tallinn").slides]


# The editor


def test_a_slide_goes_earlier_and_later_twice_and_away():
    app = page(slides=encode(VISIT), at="2")
    app.button(key="slide-up").click().run()
    assert (kinds(app), part(app, "at")) == (["growth", "title", "closing"], "")
    app.button(key="slide-down").click().run()
    assert (kinds(app), part(app, "at")) == (["title", "growth", "closing"], "2")
    app.button(key="slide-double").click().run()
    assert (kinds(app), part(app, "at")) == (["title", "growth", "growth", "closing"], "3")
    app.button(key="slide-remove").click().run()
    app.button(key="slide-remove").click().run()
    assert (kinds(app), part(app, "at")) == (["title", "growth"], "2")
    assert app.button(key="slide-down").disabled


def test_a_chosen_kind_becomes_the_slide_before_the_sources_and_is_edited():
    app = page(slides=encode(VISIT))
    app.selectbox(key="briefing-kind").set_value("policy_exports.totals").run()
    assert kinds(app) == ["title", "growth", "policy_exports.totals", "closing"]
    assert part(app, "at") == "3"
    assert app.selectbox(key="briefing-kind").value is None


def test_titles_and_notes_are_kept_as_they_are_written_and_mean_nothing():
    odd = "**50 %** of <b>$x$</b> :red[a_b] [l](u)"
    app = page(slides=encode(VISIT), at="2")
    app.text_input(key="slide-title").set_value(odd).run()
    app.text_area(key="slide-note").set_value("Line\nline").run()
    app.text_input(key="briefing-title").set_value("<script>Visit").run()
    edited = outline(app)
    assert (edited.title, edited.slides[1].title, edited.slides[1].note) == ("<script>Visit", odd, "Line\nline")
    html = shown(app)
    assert "<script>" not in html
    assert "&lt;script&gt;Visit" in html
    assert r"\*\*50 % of" not in app.radio(key="control-at").options[1]
    assert r"\*\*50 %\*\* of \<b\>\$x\$" in app.radio(key="control-at").options[1]


def test_the_city_of_a_slide_is_chosen_beside_it():
    app = page(slides=encode(Outline("", (SlideRequest("city"),))))
    assert "No city is chosen" in app.radio(key="control-at").options[0]
    app.selectbox(key="slide-city").set_value("tallinn").run()
    assert outline(app).slides == (SlideRequest("city", {"city": "tallinn"}),)
    assert r"Tallinn \(Estonia\) is a" in app.radio(key="control-at").options[0]


def test_the_title_slide_takes_occasion_day_place_and_speaker_and_leaves_out_a_day_that_is_none():
    app = page(slides=encode(VISIT), at="1")
    for name, text in (("occasion", "Visit"), ("venue", "City Hall"), ("speaker", "Kim")):
        app.text_input(key=f"slide-{name}").set_value(text).run()
    app.date_input(key="slide-held").set_value(date(2026, 12, 3)).run()
    request = outline(app).slides[0]
    assert request.parts == {"occasion": "Visit", "venue": "City Hall", "speaker": "Kim", "held": "2026-12-03"}
    view = View(Selection(date(2026, 11, 30), "en"), (), world(**ONE_ROW), "light", date(2026, 11, 30))
    (piece,) = slide_of(view, request).pieces
    assert (piece.occasion, piece.lines) == ("Visit", ("3 Dec 2026 · City Hall", "Kim"))
    (odd,) = slide_of(view, SlideRequest("title", {"held": "2026-02-31"})).pieces
    assert odd.lines == ()


def test_an_edit_that_is_too_long_for_its_link_stays_with_the_session_and_says_so():
    notes = ["".join(Random(seed).choices(ascii_letters, k=1_900)) for seed in range(4)]
    almost = Outline("Long", (*(SlideRequest("growth", {}, "", note) for note in notes[:3]), SlideRequest("closing")))
    app = page(slides=encode(almost), at="4")
    app.text_area(key="slide-note").set_value(notes[3]).run()
    assert part(app, "slides") == "long"
    assert "too long for a link" in shown(app)
    assert len(encode(almost)) < LINK < len(encode(almost.changed(3, note=notes[3])))
    assert app.session_state["briefing-long"] == almost.changed(3, note=notes[3])
    assert "may have been cut off" in " ".join(told(page(slides="long")))  # as after a reload


def test_closing_leads_back_to_the_start():
    app = page(slides=encode(VISIT), at="2")
    app.button(key="briefing-close").click().run()
    assert not {"slides", "at"} & set(app.query_params)
    assert '<ol class="outline">' in shown(app)


# What another page adds


def add(app: AppTest, *chosen: str, to: str = "new") -> str:
    """Put slides of the page into a briefing, and give what the dialog says then."""
    app.button(key="add-view").click().run()
    app.session_state["add-kinds"] = list(chosen)
    app.selectbox(key="add-to").set_value(to)
    app.button(key="add-view").click().run()
    # Without a browser the dialog does not stay open by itself.
    app.button(key="add-view").click()
    return shown(app.button(key="add-now").click().run())


def drawn_text(drawn: dict) -> str:
    return json.dumps(drawn, sort_keys=True)


@pytest.mark.parametrize(
    "name, kind, chart",
    [
        ("partner_cities", "partner_cities.by-region", "by-region"),
        ("partner_cities", "partner_cities.by-year", "by-year"),
        ("policy_exports", "policy_exports.years", "years"),
        ("policy_exports", "policy_exports.totals", "totals"),
        ("cooperation_fund", "cooperation_fund.fund-path", "fund-path"),
        ("overview", "growth", "growth"),
    ],
)
@pytest.mark.parametrize(
    "query", [{}, {"regions": "Asia,Europe", "types": "sister", "as_of": "2018-12-31", "yearly": "700", "start": "today"}]
)
def test_a_slide_of_a_page_holds_the_same_figure_as_the_page(name, kind, chart, query):
    app = page(name, **query)
    shown(app)
    view = _view_of(app, query)
    (slide,) = slides_of(replace(view, selection=Selection(view.today, "en")), Outline("", (request_for(view, kind, query),)))
    (piece,) = slide.pieces
    figures = {drawn_text(drawn["figure"]) for drawn in charts(app)}
    assert piece.key == chart
    assert drawn_text(json.loads(piece.drawing.text)) in figures


@pytest.mark.parametrize(
    "name, kind, query",
    [
        ("overview", "map", {"types": "sister", "city": "wellington"}),
        ("partner_cities", "partner_cities.map", {"types": "sister", "regions": "Asia"}),
        ("policy_exports", "policy_exports.map", {"regions": "Oceania", "city": "wellington"}),
    ],
)
def test_a_slide_of_a_map_holds_the_same_map_as_the_page(name, kind, query):
    app = page(name, **query)
    view = _view_of(app, query)
    (slide,) = slides_of(replace(view, selection=Selection(view.today, "en")), Outline("", (request_for(view, kind, query),)))
    assert drawn_text(json.loads(slide.pieces[0].world.text)) in {drawn_text(drawn["world"]) for drawn in maps(app)}


def _view_of(app: AppTest, query: dict[str, str]) -> View:
    """What a page shows, as the page itself says it."""
    from pages.parts.shell.selection import known, parse

    today = app.date_input(key="control-as_of").max
    release = current_release()
    selection, _ = parse(query, today, "en", *known(release))
    return View(selection, (), release, "light", today)


def test_what_a_page_shows_goes_to_a_new_briefing_with_its_filters_and_its_date():
    app = page("partner_cities", regions="Asia", types="sister", as_of="2018-12-31", until="1999")
    html = add(app, "partner_cities.map", "partner_cities.growth")
    assert "2 slides were added" in html
    held = app.session_state["briefing-open"]
    assert decode(held["slides"]).slides == (
        SlideRequest("partner_cities.map", {"regions": "Asia", "types": "sister", "as_of": "2018-12-31", "until": "1999"}),
        SlideRequest("partner_cities.growth", {"as_of": "2018-12-31"}),
    )


def test_what_is_added_goes_before_the_sources_of_the_briefing_that_is_edited():
    app = page(slides=encode(VISIT))
    app.switch_page("policy_exports.py").run()
    for name in ("slides", "at"):
        app.query_params.pop(name, None)
    add(app.run(), "policy_exports.years", to="open")
    app.switch_page("briefing.py").run()
    assert kinds(app) == ["title", "growth", "policy_exports.years", "closing"]
    assert part(app, "at") == "3"


def test_a_page_without_slides_offers_none():
    app = page("data_desk")
    shown(app)
    assert [button.key for button in app.button if button.key == "add-view"] == []


# Saving


def test_who_may_publish_saves_for_everybody_and_deletes(own):
    app = page(slides=encode(VISIT))
    html = shown(app.button(key="briefing-save").click().run())
    assert "Saved: “Visit”." in html
    (kept,) = listed(own)
    assert (kept.outline, kept.version, kept.author) == (VISIT, 1, person())
    assert (part(app, "saved"), part(app, "slides")) == (kept.id, "")
    shown(app.button(key="slide-double").click().run())
    shown(app.button(key="briefing-save").click().run())
    assert listed(own)[0].outline == VISIT.doubled(0)
    html = shown(app.button(key="briefing-delete").click().run())
    assert listed(own) == ()
    assert "Deleted: “Visit”." in html


def test_a_briefing_without_a_title_is_saved_under_the_one_that_it_shows(own):
    page(slides=encode(Outline("", VISIT.slides))).button(key="briefing-save").click().run()
    assert listed(own)[0].name == "Seoul urban diplomacy"


def test_who_saves_after_somebody_else_is_told_and_chooses(own):
    app = page(slides=encode(VISIT))
    app.button(key="briefing-save").click().run()
    app.button(key="slide-double").click().run()
    kept = listed(own)[0]
    lee = Writer(own, AT_THE_MACHINE, "Lee").save(Outline("Visit", ()), kept.id, 1)
    assert "Lee saved “Visit” meanwhile" in shown(app.button(key="briefing-save").click().run())
    assert listed(own) == (lee,)
    assert kinds(app) == ["title", "title", "growth", "closing"]
    shown(app.button(key="briefing-over").click().run())
    assert (listed(own)[0].version, listed(own)[0].outline) == (3, VISIT.doubled(0))


def test_elsewhere_one_is_told_that_links_keep_a_briefing_and_cannot_save(own):
    app = page(slides=encode(VISIT), visitor=STRANGER)
    assert "kept by its link" in shown(app)
    assert [button.key for button in app.button if button.key in ("briefing-save", "briefing-delete")] == []


def test_a_saved_briefing_is_opened_from_the_list_and_by_its_link_by_everybody(own):
    kept = Writer(own, AT_THE_MACHINE, "Kim").save(VISIT)
    app = page(visitor=STRANGER)
    assert app.radio(key="saved-chosen").options == ["Visit"]
    app.radio(key="saved-chosen").set_value(kept.id).run()
    assert part(app, "saved") == kept.id
    assert "by Kim" in shown(app)
    assert shown(page(visitor=STRANGER, saved=kept.id)) == shown(app)


def test_a_damaged_briefing_is_told_of_and_opens_nothing(own, tmp_path):
    kept = Writer(own, AT_THE_MACHINE, "Kim").save(VISIT)
    with closing(sqlite3.connect(tmp_path / "var" / FILE)) as connection, connection:
        connection.execute("UPDATE briefings SET content = x'00'")
    app = page(saved=kept.id)
    shown(app)
    assert told(app) == ["What is saved of the briefing “Visit” is damaged and cannot be shown."]


# Addresses that make no sense, releases with next to nothing in them, a pinned release

ODD = Outline(
    "Odd",
    (
        SlideRequest("no.such.kind"),
        SlideRequest("map", {"types": "nonsense", "city": "nowhere", "as_of": "1492-10-12", "until": "1990"}),
        SlideRequest("partner_cities.map", {"until": "12345678901234567890", "country": "<b>"}),
        SlideRequest("cooperation_fund.fund-path", {"yearly": "-1", "start": "tomorrow"}),
        SlideRequest("city", {"city": "atlantis"}),
        SlideRequest("title", {"q": "x"}),
    ),
)


@pytest.mark.parametrize(
    "query",
    [
        {"slides": "not a link"},
        {"slides": "eNo"},
        {"slides": "A" * 7_000},
        {"saved": "nobody"},
        {"saved": "x" * 500},
        {"slides": encode(VISIT), "at": "99"},
        {"slides": encode(VISIT), "at": "two"},
        {"slides": encode(VISIT), "version": "9" * 30},
        {"slides": encode(ODD)},
        {"slides": encode(ODD), "at": "4"},
        {"slides": encode(Outline())},
        {"present": "1"},
        {"view": "notes"},
    ],
)
def test_an_address_that_makes_no_sense_gives_calm_sentences_and_the_nearest_valid_briefing(query):
    html = shown(page(**query))
    assert "<h1" in html
    assert "<script>" not in html


def test_of_an_odd_outline_everything_that_makes_sense_is_shown_and_the_rest_is_told():
    view = seen()
    chosen_kinds = [slide.kind for slide in slides_of(view, ODD)]
    assert chosen_kinds == [one.kind for one in ODD.slides[1:]]
    said = notices_of(view, ODD)
    assert len(said) == 9
    assert said[0] == "A slide of this briefing is of a kind that is not known here; it was left out."
    assert all("{" not in sentence for sentence in said)


def every_slide(lang, city) -> list:
    """A slide of every kind, those of a city of this one, in as many briefings as are needed to hold them."""
    requests = [SlideRequest(kind, {"city": city} if "city" in KINDS[kind].parts and kind != "title" else {}) for kind in KINDS]
    whole = [Outline("All", tuple(requests[at : at + SLIDES])) for at in range(0, len(requests), SLIDES)]
    return [slide for outline in whole for slide in slides_of(seen(lang), outline)]


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_slide_is_made_of_a_release_with_next_to_nothing_in_it(tiny, lang):
    slides = every_slide(lang, "london")
    assert [slide.kind for slide in slides] == list(KINDS)
    assert all(slide.headline and slide.pieces for slide in slides)


def test_the_page_works_over_a_release_with_next_to_nothing_in_it(tiny):
    app = page()
    shown(app)
    shown(app.button(key="preset-five_minutes").click().run())
    for at in range(2, 8):
        app.query_params["at"] = str(at)
        shown(app.run())


def test_every_slide_says_its_words_in_both_languages_and_names_its_sources():
    english, korean = every_slide("en", "wellington"), every_slide("ko", "wellington")
    for one, other in zip(english, korean, strict=True):
        assert one.headline != other.headline or one.kind == "title"
        assert [type(piece) for piece in one.pieces] == [type(piece) for piece in other.pieces]
        assert {source.url for source in one.sources} == {source.url for source in other.sources}
        assert one.sources or one.kind in ("title", "cooperation_fund.fund-flows", "releases.since")
        assert {type(piece) for piece in one.pieces} <= {Cards, Chart, Cover, Facts, Map, Table, Text}
        assert not [text for text in texts(one) if text.startswith(("slide.", "column.", "briefing."))]


def texts(slide) -> list[str]:
    """Headline, titles, heads and lines of a slide."""
    found = [slide.headline, *slide.explanations]
    for piece in slide.pieces:
        found += [getattr(piece, "title", ""), *getattr(piece, "heads", ()), *getattr(piece, "lines", ())]
    return found


def test_the_last_slide_has_every_source_of_the_others_once():
    slides = slides_of(seen(), Outline("", (SlideRequest("growth"), SlideRequest("fund"), SlideRequest("closing"))))
    growth, fund, last = slides
    assert list(last.sources) == list(dict.fromkeys(growth.sources + fund.sources))
    assert [row[0] for row in last.pieces[0].rows] == [source.line for source in last.sources]


def test_a_slide_keeps_its_own_date_and_the_others_follow_the_briefing():
    asked = Outline("", (SlideRequest("growth", {"as_of": "2012-12-31"}), SlideRequest("growth")))
    early, late = slides_of(seen(on=date(2018, 12, 31)), asked)
    assert early.headline != late.headline
    assert late == slides_of(seen(on=date(2018, 12, 31)), Outline("", (SlideRequest("growth"),)))[0]
    assert early == replace(slides_of(seen(on=date(2012, 12, 31)), Outline("", (SlideRequest("growth"),)))[0])


def test_regions_of_a_slide_change_it():
    whole, asia = slides_of(
        seen(), Outline("", (SlideRequest("partner_cities.by-year"), SlideRequest("partner_cities.by-year", {"regions": "Asia"})))
    )
    assert whole.pieces[0].drawing.text != asia.pieces[0].drawing.text


def test_lists_go_on_a_slide_as_they_are_searched_and_filtered():
    partners, projects, sources = slides_of(
        seen(),
        Outline(
            "",
            (
                SlideRequest("partner_cities.list", {"q": "new zealand"}),
                SlideRequest("policy_exports.list", {"sector": "transport_card", "status": "counted", "q": "auckland"}),
                SlideRequest("sources.list", {"q": "geographical database", "sort": "title"}),
            ),
        ),
    )
    assert [row[:3] for row in partners.pieces[0].rows] == [("Wellington", "New Zealand", "Sister city")]
    assert [row[0] for row in projects.pieces[0].rows] == ["Snapper card system, Wellington and Auckland"]
    assert [row[0] for row in sources.pieces[0].rows] == ["GeoNames geographical database"]


def test_the_choices_of_a_slide_are_said_in_words():
    def said(lang, kind, **parts):
        return chosen(seen(lang), SlideRequest(kind, parts))

    assert said("en", "map", types="sister", regions="Asia", city="wellington", as_of="2018-12-31") == (
        "As of 31 Dec 2018, Sister city, Asia, Wellington"
    )
    assert said("ko", "policy_exports.list", sector="transport_card", q="버스") == "검색 ‘버스’, 교통카드"
    path = said("en", "cooperation_fund.fund-path", yearly="700", start="today")
    assert path.replace("\N{NO-BREAK SPACE}", " ") == "yearly contribution ₩700 m"
    assert said("en", "cooperation_fund.fund-path", yearly="much", q="x") == ""


def test_a_slide_that_would_show_nothing_is_not_offered():
    day = date(2026, 11, 30)
    view = View(Selection(day, "en"), (), own_data(), "light", day)
    kinds = ("city", "cooperation_fund.fund-flows", "cooperation_fund.fund-path", "closing")  # there is no series of yearly flows
    assert filled(view, kinds) == ("city", "cooperation_fund.fund-path", "closing")
