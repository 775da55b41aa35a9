"""What a load of viewers came to, its bars, and the sums that follow from it: deploy/CAPACITY.md. Measures nothing itself."""

from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles

P95_MS = 500
BACK = 0.10
"""Memory after everyone left may be so much above what it was before they came."""
ROOM = 0.7
"""The share of a core up to which answers stay quick: above it they queue."""


@dataclass(frozen=True)
class Stage:
    """So many viewers, and what the server held then (MB)."""

    viewers: int
    memory_mb: float


@dataclass(frozen=True)
class Load:
    """Stages in order, the last at the end of the time that counts; seconds of each change and each opening; errors; memory before the
    viewers came and after they left (MB); processor seconds used while it counted; how long that was, and the seconds between changes.
    """

    stages: tuple[Stage, ...]
    changes: tuple[float, ...]
    openings: tuple[float, ...]
    errors: tuple[str, ...]
    before_mb: float
    after_mb: float
    cpu_s: float
    seconds: float
    every: float


def p95_ms(seconds: tuple[float, ...]) -> float:
    """The 95th percentile, in milliseconds."""
    return quantiles(seconds, n=20, method="inclusive")[-1] * 1000


def each_mb(load: Load) -> float:
    """Memory of one more viewer (MB): from the first to the last number of viewers."""
    first, last = load.stages[0], load.stages[-1]
    return (last.memory_mb - first.memory_mb) / max(1, last.viewers - first.viewers)


def missed(load: Load) -> list[str]:
    """The bars that are missed, as sentences."""
    sentences = []
    if load.errors:
        sentences.append(f"{len(load.errors)} errors, none allowed")
    if p95_ms(load.changes) > P95_MS:
        sentences.append(f"95th percentile {p95_ms(load.changes):.0f} ms, at most {P95_MS}")
    if load.after_mb > load.before_mb * (1 + BACK):
        sentences.append(f"memory {load.after_mb:.0f} MB after everyone left, at most {load.before_mb * (1 + BACK):.0f}")
    return sentences


def report(load: Load, day: date, before: dict[str, str], after: dict[str, str]) -> str:
    """The whole page."""
    viewers, changes, change_ms = load.stages[-1].viewers, len(load.changes), load.cpu_s / len(load.changes) * 1000
    second, each = ROOM * 1000 / change_ms, each_mb(load)
    memory = " · ".join(f"{stage.viewers} viewers {stage.memory_mb:.0f} MB" for stage in load.stages)
    lines = [
        "# How many viewers a server holds",
        "",
        f"Written by `make load` on {day.isoformat()}; do not edit. {before['processor']}, {before['cores']} cores, load average before",
        f"{before['load']}, after {after['load']}. {before['versions'].rpartition(', ')[0]}.",
        "",
        f"{viewers} viewers over WebSockets, as browsers speak to Streamlit, on one server; the viewers ran on the same machine. Each",
        f"opened the partner cities, changed a filter every {load.every:g} s for {load.seconds:g} s and asked for the newest release every",
        "3 s. The server forgot who left after 20 s (300 by our settings).",
        "",
        "| Figure | Measured | Bar |",
        "|---|---|---|",
        f"| errors | {len(load.errors)} | 0 |",
        f"| a change of a filter, 95 of 100 ({changes} changes) | {p95_ms(load.changes):.0f} ms | {P95_MS} ms |",
        f"| the same, half of them | {median(load.changes) * 1000:.0f} ms | |",
        f"| opening the page, half of them while others came | {median(load.openings) * 1000:.0f} ms | |",
        f"| processor of the server | {load.cpu_s / load.seconds:.0%} of one core | |",
        f"| memory: {memory} | {each:.2f} MB a further viewer | |",
        f"| memory before they came and after they left | {load.before_mb:.0f} MB, {load.after_mb:.0f} MB | +{BACK:.0%} |",
        "",
        *[f"Missed: {sentence}." for sentence in missed(load)],
        "",
        "## From there",
        "",
        f"- **Processor**: {load.cpu_s:.0f} s for {changes} changes and all that goes with them are {change_ms:.0f} ms each. Python runs",
        f"  one page at a time, so a server uses about one core. At {ROOM:.0%} of it",
        f"  {ROOM * 1000:.0f} / {change_ms:.0f} = {second:.0f} changes a second: **{second * load.every:.0f} viewers** who change",
        f"  something every {load.every:g} s. Who does so once a minute counts {load.every / 60:.2f} of one.",
        f"- **Memory**: {load.before_mb:.0f} MB and {each:.2f} MB a viewer, with 200 viewers {load.before_mb + 200 * each:.0f} MB.",
        "  Who left counts for 300 s more.",
        f"- **One more server** when `rate(process_cpu_seconds_total[5m])` of one stays above {ROOM}, or when",
        "  `histogram_quantile(0.95, rate(dashboard_rerun_seconds_bucket[5m]))` rises above 0.5. Two servers on two cores hold twice as",
        "  many; a third core is for nginx, PostgreSQL and files in the making.",
        "- **When one fails** the others hold its viewers: n servers should have to do with at most (n − 1)/n of what they can.",
        "",
    ]
    return "\n".join(lines)
