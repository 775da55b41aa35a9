// What is wrong with the slide that is shown: for test_briefing.py, as a list of sentences.
() => {
  const faults = [], lines = [];
  const {scrollWidth, scrollHeight} = document.scrollingElement;
  if (scrollWidth > innerWidth || scrollHeight > innerHeight) faults.push(`the page scrolls: ${scrollWidth} x ${scrollHeight}`);
  const overlay = document.querySelector(".present");
  const words = document.createTreeWalker(overlay, NodeFilter.SHOW_TEXT);
  for (let node = words.nextNode(); node; node = words.nextNode()) {
    const one = node.parentElement, look = getComputedStyle(one);
    if (!node.data.trim() || look.visibility === "hidden" || one.closest("[hidden], .unseen, .controls, .past")) continue;
    const scale = one.getScreenCTM ? one.getScreenCTM().a : one.closest(".world") ? one.closest(".sea").getBoundingClientRect().width / one.closest(".sea").offsetWidth : 1;
    const size = parseFloat(look.fontSize) * scale;
    if (size < 23.99) faults.push(`${size.toFixed(1)} px: ${node.data}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const {left, right, top, bottom} of range.getClientRects()) {
      const slack = (bottom - top) * 0.2;
      if (one.closest(".from") && top + slack > one.closest(".from").getBoundingClientRect().bottom) continue; // cut by its ellipsis
      if (left < -1 || right > innerWidth + 1 || top + slack < 0 || bottom - slack > innerHeight) faults.push(`outside: ${node.data}`);
      lines.push({left: left + 1, right: right - 1, top: top + slack, bottom: bottom - slack, node});
    }
  }
  lines.forEach((one, i) => lines.slice(i + 1).forEach((two) => {
    const apart = one.node === two.node || one.right <= two.left || two.right <= one.left || one.bottom <= two.top || two.bottom <= one.top;
    if (!apart) faults.push(`over one another: ${one.node.data} | ${two.node.data}`);
  }));
  for (const box of document.querySelectorAll(".slide.shown :is(h1, .pieces, .piece, .number, .value)"))
    if ((!box.matches(".value, h1") && box.scrollHeight > box.clientHeight + 2) || box.scrollWidth > box.clientWidth + 2) faults.push(`cut: ${box.className || box.tagName} ${box.textContent.slice(0, 60)}`);
  return faults;
}
