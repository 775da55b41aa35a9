"""Prometheus metrics: page seconds, publications, exports, errors, refusals.

Declared here, served by serving/monitoring.py. Labels come from short fixed lists and hold no personal data.
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
    """Increment a counter: publishes, exports, errors or refused. Raises KeyError for an unknown name, ValueError for unknown labels."""
    _COUNTERS[name].labels(**labels).inc()


def timed(page: str, begun: float) -> None:
    """Record a completed page run; `begun` is the time.perf_counter at its start. Interrupted runs are not recorded."""
    RERUN.labels(page).observe(time.perf_counter() - begun)


def making() -> int:
    """The number of files being made now."""
    return int(REGISTRY.get_sample_value("dashboard_making") or 0)
