"""Draws assets/logo.png, on purpose only: python tools/make_logo.py (after `pip install -r tools/requirements.txt`)."""

from pathlib import Path

from PIL import Image, ImageDraw

TARGET = Path(__file__).parents[1] / "assets/logo.png"
CRIMSON = (195, 38, 59, 255)
SIZE = 192
FINER = 8
"""Drawn so many times larger and scaled down, for smooth edges."""

# All lengths are fractions of the picture's side.
HOME, HOME_RADIUS = (0.27, 0.71), 0.20
PARTNERS, PARTNER_RADIUS = ((0.32, 0.13), (0.85, 0.24), (0.89, 0.80)), 0.085
ARC_WIDTH, ARC_BEND = 0.058, 0.24
STEPS = 400


def draw(size: int) -> Image.Image:
    """The mark on a transparent square of `size` pixels."""
    picture = Image.new("RGBA", (size * FINER, size * FINER))
    pen = ImageDraw.Draw(picture)
    for partner in PARTNERS:
        for point in _arc(HOME, partner):
            _dot(pen, point, ARC_WIDTH / 2, size * FINER)
        _dot(pen, partner, PARTNER_RADIUS, size * FINER)
    _dot(pen, HOME, HOME_RADIUS, size * FINER)
    return picture.resize((size, size), Image.Resampling.LANCZOS).quantize(64)


def _arc(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """Points of a quadratic curve that leaves the straight line to its left by ARC_BEND of its length."""
    (x0, y0), (x2, y2) = start, end
    x1 = (x0 + x2) / 2 + (y2 - y0) * ARC_BEND
    y1 = (y0 + y2) / 2 - (x2 - x0) * ARC_BEND
    along = [step / STEPS for step in range(STEPS + 1)]
    return [((1 - t) ** 2 * x0 + 2 * t * (1 - t) * x1 + t**2 * x2, (1 - t) ** 2 * y0 + 2 * t * (1 - t) * y1 + t**2 * y2) for t in along]


def _dot(pen: ImageDraw.ImageDraw, centre: tuple[float, float], radius: float, side: int) -> None:
    x, y = centre
    pen.ellipse(((x - radius) * side, (y - radius) * side, (x + radius) * side, (y + radius) * side), fill=CRIMSON)


if __name__ == "__main__":
    draw(SIZE).save(TARGET, optimize=True)
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1024:.1f} KiB")
