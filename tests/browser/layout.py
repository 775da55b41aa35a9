"""What is wrong with how a page is laid out, at several sizes. Must not know which page it is."""

from collections.abc import Callable, Sequence

from playwright.sync_api import Page

SIZES = ((1440, 900), (1920, 1080), (390, 844))
TWICE_THE_SIZE = (720, 450)
"""200 % of a screen of 1440 by 900 leaves half of it in either direction."""
OVERLAP = """() => {
  const shown = selector => [...document.querySelectorAll(selector)].filter(e => e.getClientRects().length);
  const wide = shown('h1, h2, .card, .subtitle, .sourceline, .title, .legend, .js-plotly-plot, .world')
    .filter(e => { const r = e.getBoundingClientRect(); return r.right > innerWidth + 1 || r.left < -1 })
    .map(e => 'beyond the screen: ' + (e.innerText || e.className).slice(0, 60));
  const cut = shown('.card *, h1, h2, .subtitle').filter(e => e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).display !== 'inline')
    .map(e => 'cut off: ' + e.innerText.slice(0, 60));
  const blocks = shown('h1, [class*=st-key-card-], [class*=st-key-figure-], .st-key-worldmap, .st-key-filters');
  const boxes = blocks.map(e => e.getBoundingClientRect());
  const over = [];
  for (let a = 0; a < boxes.length; a++) for (let b = a + 1; b < boxes.length; b++) {
    const x = Math.min(boxes[a].right, boxes[b].right) - Math.max(boxes[a].left, boxes[b].left);
    const y = Math.min(boxes[a].bottom, boxes[b].bottom) - Math.max(boxes[a].top, boxes[b].top);
    if (x > 1 && y > 1) over.push('overlap: ' + blocks[a].className.slice(-40) + ' and ' + blocks[b].className.slice(-40));
  }
  return [...wide, ...cut, ...over];
}"""


def layout_faults(page: Page, rest: Callable[[Page], Page], sizes: Sequence[tuple[int, int]] = SIZES) -> dict[tuple[int, int], list[str]]:
    """What is beyond the screen, cut off or drawn over something else, by the size at which it is."""
    return {size: faults for size in sizes if (faults := _at(page, rest, size))}


def _at(page: Page, rest: Callable[[Page], Page], size: tuple[int, int]) -> list[str]:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    rest(page)
    beyond = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    return page.evaluate(OVERLAP) + ([f"scrolls sideways by {beyond} pixels"] if beyond > 0 else [])
