"""What can go wrong in the house itself, as against in its data. Caught once, in the frame of the pages.

Faults in data are not errors: they are metrics.problems.Problem.
"""


class DashboardError(Exception):
    """The base of every error of the dashboard."""
