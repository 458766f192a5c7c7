/* Finds what does not fit: returns a list of complaints in words. Run as page.evaluate(source). */
() => {
  const found = [];
  const root = document.documentElement;
  const wide = root.clientWidth;
  const name = (el) => {
    const id = el.id ? `#${el.id}` : "";
    const kind = typeof el.className === "string" && el.className
      ? `.${el.className.trim().split(/\s+/).join(".")}` : "";
    return `<${el.localName}${id}${kind}> ${(el.textContent || "").trim().slice(0, 40)}`;
  };
  const tell = (what, el) => found.length < 12 && found.push(`${what}: ${name(el)}`);
  const style = new Map();
  const of = (el) => style.get(el) || style.set(el, getComputedStyle(el)).get(el);

  /* Only heard, not seen. */
  const unseen = (el) => {
    for (let it = el; it && it !== root; it = it.parentElement) {
      const s = of(it);
      if (s.display === "none" || s.visibility === "hidden" || s.clipPath !== "none") return true;
      if (it.localName === "option" || it.localName === "template") return true;
    }
    return !el.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });
  };
  const cuts = (value) => value === "hidden" || value === "clip";
  const scrolls = (value) => value === "auto" || value === "scroll";
  const named = (el) => el.hasAttribute("aria-label") || el.hasAttribute("aria-labelledby");
  /* The nearest box around it that shows less than all of it. */
  const frame = (el) => {
    for (let it = el.parentElement; it && it !== root && it !== document.body; it = it.parentElement) {
      const s = of(it);
      if (scrolls(s.overflowX)) return [it, "scrolls"];
      if (cuts(s.overflowX) || cuts(s.overflowY)) return [it, "cuts"];
      /* The top layer is not within what is around it in the document. */
      if (it.localName === "dialog" || it.hasAttribute("popover")) break;
    }
    return [null, ""];
  };
  /* Shortened on purpose, with the whole text elsewhere. */
  const shortened = (el) => of(el).webkitLineClamp !== "none";

  if (root.scrollWidth > wide) found.push(`the page is ${root.scrollWidth - wide} pixels too wide`);

  for (const el of document.body.querySelectorAll("*")) {
    if (el.closest("svg") && el.localName !== "svg") continue;
    const box = el.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    if (box.right <= wide + 1 && box.left >= -1) continue;
    if (unseen(el)) continue;
    const [around, how] = frame(el);
    if (how === "scrolls") {
      if (around.tabIndex < 0 || !named(around)) tell("a scroll region without name or tabindex", around);
    } else if (how !== "cuts") tell("sticks out of the screen", el);
  }

  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (!node.data.trim()) continue;
    const el = node.parentElement;
    if (["SCRIPT", "STYLE", "TEXTAREA", "OPTION", "NOSCRIPT", "TITLE"].includes(el.tagName.toUpperCase())) continue;
    if (unseen(el)) continue;
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((r) => r.width > 0);
    if (!rects.length) continue;
    const svg = el.closest("svg");
    if (svg) {
      /* Where a picture shows what goes past its edge, the screen is the edge. */
      const open = of(svg).overflowX === "visible";
      const box = open ? { left: 0, right: wide, top: -1e9, bottom: 1e9 } : svg.getBoundingClientRect();
      if (rects.some((r) => r.left < box.left - 2 || r.right > box.right + 2 || r.top < box.top - 3 || r.bottom > box.bottom + 3)) {
        tell("text leaves its picture", el);
      }
      continue;
    }
    /* Cut off by a box around it. */
    for (let it = el; it && it !== document.body; it = it.parentElement) {
      const s = of(it);
      const x = cuts(s.overflowX), y = cuts(s.overflowY);
      if (scrolls(s.overflowX) || scrolls(s.overflowY)) break;
      if (!x && !y) continue;
      if (shortened(it)) break;
      const box = it.getBoundingClientRect();
      if (rects.some((r) => (x && (r.right > box.right + 2 || r.left < box.left - 2)) ||
                            (y && (r.bottom > box.bottom + 3 || r.top < box.top - 3)))) {
        tell("text is cut off", el);
        break;
      }
    }
    /* Written past the edge of its own box. */
    let block = el;
    while (block.parentElement && ["inline", "contents"].includes(of(block).display)) block = block.parentElement;
    const edge = block.getBoundingClientRect();
    const s = of(block);
    if (!scrolls(s.overflowX) && !(of(el).position === "absolute") &&
        rects.some((r) => r.right > edge.right + 2 || r.left < edge.left - 2)) {
      tell("text leaves its box", el);
    }
  }

  for (const field of document.querySelectorAll("button, summary, .btn, select")) {
    if (unseen(field)) continue;
    if (field.scrollWidth > field.clientWidth + 2 && of(field).overflowX !== "visible") tell("a control cuts its words", field);
  }
  return found;
}
