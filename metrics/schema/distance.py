"""How far places are from one another."""

import math


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two points, each in degrees of latitude and longitude."""
    (lat, lon), (lat2, lon2) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(half)))
