/* Tells of the element that has the focus. Run as page.evaluate(source). */
() => {
  const el = document.activeElement;
  if (!el || el === document.body || el === document.documentElement) return null;
  const label = (it) => {
    const text = it.getAttribute("aria-label") || it.labels?.[0]?.textContent || it.textContent || it.value || "";
    return `<${it.localName}${it.id ? "#" + it.id : ""}> ${text.trim().replace(/\s+/g, " ").slice(0, 50)}`;
  };
  const problems = [];
  const look = (it) => {
    const s = getComputedStyle(it);
    return [s.outlineStyle, s.outlineWidth, s.boxShadow, s.borderColor, s.backgroundColor].join("|");
  };
  /* Where a script or a link puts the reader, no mark is needed: it cannot be pressed. What has
     the focus in a frame stands inside it. */
  if (el.getAttribute("tabindex") !== "-1" && el.localName !== "iframe") {
    const now = getComputedStyle(el);
    const outlined = now.outlineStyle !== "none" && parseFloat(now.outlineWidth) >= 2;
    /* The button of a date or a time is the browser's own, with its own mark. */
    const picks = ["date", "time"].includes(el.type);
    if (!el.matches(":focus-visible") && !picks) problems.push("nothing shows that it has the focus");
    else if (!outlined && !picks) {
      /* A field may leave it to the frame that it stands in. */
      const frames = [el, el.parentElement, el.parentElement.parentElement];
      const shown = frames.map(look).join();
      el.blur();
      const without = frames.map(look).join();
      el.focus({ preventScroll: true });
      if (shown === without) problems.push("nothing shows that it has the focus");
    }
  }
  if (el.tabIndex > 0) problems.push("a tabindex above 0 breaks the order");

  /* WCAG 2.4.11: at least a part of it lies on top. */
  const box = el.getBoundingClientRect();
  const points = [];
  for (const x of [.1, .5, .9]) for (const y of [.15, .5, .85]) {
    points.push([box.left + box.width * x, box.top + box.height * y]);
  }
  const own = (it) => it && (it === el || el.contains(it) || it.contains(el) ||
    [...(el.labels || [])].some((one) => one.contains(it)));
  const inside = points.filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
  if (!box.width || !box.height) problems.push("it has no size");
  else if (!inside.length) problems.push("it is not on the screen");
  else if (!inside.some(([x, y]) => own(document.elementFromPoint(x, y)))) problems.push("something lies over it");

  /* What does not stand in the flow has no place in the order of lines. */
  let stuck = false;
  for (let it = el; it && it !== document.body; it = it.parentElement) {
    if (["sticky", "fixed", "absolute"].includes(getComputedStyle(it).position)) stuck = true;
  }
  const order = window.__order || (window.__order = new Map());
  if (!order.has(el)) order.set(el, order.size);
  return {
    label: label(el), problems, stuck, number: order.get(el), href: el.getAttribute("href"),
    left: box.left, right: box.right, top: box.top + scrollY, bottom: box.bottom + scrollY,
  };
}
