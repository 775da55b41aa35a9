"""The backtest of the method: how many published counts lie within the bounds computed without them, and why the others do not."""

from html import escape

from metrics.counting.reading import When
from metrics.indicators.backtest import Trial, trials
from metrics.schema.release import Release, cached_by_release
from pages.parts.elements.row_text import reader
from pages.parts.elements.source_text import source_line
from pages.parts.shell.selection import View


@cached_by_release(8)
def trials_html(release: Release, lang: str) -> str:
    view, results = reader(release, lang), trials(release)
    outside = [trial for trial in results if trial.reason]
    title = view.words.n("sources.backtest", len(results), inside=len(results) - len(outside))
    items = "".join(_item(view, trial) for trial in outside)
    how = escape(view.words.t("sources.backtest_how"))
    return f'<h2 class="title">{escape(title)}</h2><div class="subtitle">{how}</div><ul class="list">{items}</ul>'


def _item(view: View, trial: Trial) -> str:
    words, count = view.words, trial.count
    when = words.show(When(count.as_of))
    return (
        f"<li>{escape(words.of('indicator', trial.indicator))}, {escape(when)}"
        f'<span class="when">{escape(words.formula(trial.reason))}. {source_line(view, count.source_id)}</span></li>'
    )
