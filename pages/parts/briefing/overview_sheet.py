"""The overview as a PDF of one page, to take along: its headline and cards, what needs a decision this month, the map."""

from dataclasses import replace

from exports.pdf.handout import for_audience
from exports.slides import Briefing
from metrics.schema.release import cached_by_release
from pages.parts.briefing.page_slides import partner_map
from pages.parts.elements.reading_text import reading_of, telling
from pages.parts.elements.slide_pieces import slide, sources
from pages.parts.overview.overview_text import headline, numbers, settled_next
from pages.parts.shell.selection import View


@cached_by_release(16)
def overview_sheet(view: View) -> Briefing:
    """The first screen of the overview in light colours; a card cites the first of its sources, since all have no room."""
    light, words, chosen = replace(view, scheme="light"), view.words, view.selection
    cards, matters = numbers(light), settled_next(light)
    cited = tuple(source for indicator in telling(light, cards.indicators) for source in reading_of(light, indicator).sources[:1])
    first = replace(slide(light, cards, headline(light)), sources=sources(light, cited))
    slides = (first, *([slide(light, matters)] if matters else []), replace(partner_map(light), sources=()))
    title = words.t("frame.title", city=view.home_name)
    return for_audience(Briefing(title, view.home_name, chosen.as_of, view.release.number, words.lang, light.palette, slides))
