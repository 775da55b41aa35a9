"""What is counted for whoever operates the dashboard: seconds of pages, publications, exports, errors, refusals.

The one list of numbers; who shows them is serving/monitoring.py. Labels are words of ours out of short lists, never anything of a person.
"""

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)  # memory, processor time and open files of this server
RERUN = Histogram(
    "dashboard_rerun_seconds",
    "Seconds in which a whole page was run, by page",
    ["page"],
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=REGISTRY,
)
MAKING = Gauge("dashboard_making", "Files in the making, for instance PowerPoint", registry=REGISTRY)
_COUNTERS = {
    "publishes": Counter("dashboard_publishes", "Releases made by this server, by act: published, restored", ["act"], registry=REGISTRY),
    "exports": Counter("dashboard_exports", "Files taken away, by kind", ["kind"], registry=REGISTRY),
    "errors": Counter("dashboard_errors", "Faults, by where: page or request", ["where"], registry=REGISTRY),
    "refused": Counter("dashboard_refused", "Requests that were refused, by status", ["status"], registry=REGISTRY),
}


def count(name: str, **labels: str) -> None:
    """One more of what is called `name`: publishes, exports, errors, refused. Raises KeyError and ValueError for what is unknown."""
    _COUNTERS[name].labels(**labels).inc()


def timed(page: str, begun: float) -> None:
    """A page was run to its end; `begun` is what time.perf_counter said before. A run that another one broke off is not told."""
    RERUN.labels(page).observe(time.perf_counter() - begun)


def making() -> int:
    """How many files are in the making now."""
    return int(REGISTRY.get_sample_value("dashboard_making") or 0)
