"""What is worked out at start, before anybody asks: what the first pages say and draw, as most readers open them. Shows nothing."""

from itertools import product

from pages import _partners, _story
from pages._cards import card
from pages._map import drawn_map
from pages._notes import asked_kinds
from pages._themes import exports, fund, growth
from pages._ties import by_decade, by_region, by_type, by_year
from pages._view import Selection, View
from publishing.current import current_release, today_at_home
from wording import LANGUAGES

SCHEMES = ("light", "dark")


def ahead() -> None:
    """Make it for today in each language and look; it is kept where the pages look for it. Raises what reading a release raises."""
    release = current_release()
    today = today_at_home(release)
    for scheme, lang in product(SCHEMES, LANGUAGES):
        _compose(View(Selection(today, lang), (), release, scheme, today))


def _compose(view: View) -> None:
    for indicator in dict.fromkeys((*_story.HEADLINES, *_partners.READINGS)):
        card(view, indicator)
    for part in (_story.headline, _partners.headline, by_type, by_region, by_decade, by_year):
        part(view)
    for course in (growth, exports, fund):
        course(view, asked_kinds(view, ""))
    for until in (None, view.selection.as_of):  # the map of the first page, and the one with a year
        drawn_map(view, until, "")
