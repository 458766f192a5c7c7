/* Filters, pages and "this is not right" change the page in place. */
(() => {
  const regions = () => $$("[data-region]");

  /** Take over the regions of a fresh page; what was folded open stays open. */
  const take = (page) => {
    const open = new Map($$("[data-region] details[id]").map((box) => [box.id, box.open]));
    const pairs = regions().map((old) => [old, page.getElementById(old.id)]);
    if (!pairs.length || pairs.some(([, fresh]) => !fresh)) throw new Error("another page");
    for (const [old, fresh] of pairs) {
      for (const box of $$("details[id]", fresh)) {
        if (open.has(box.id)) box.open = open.get(box.id);
      }
      old.replaceWith(document.adoptNode(fresh));
    }
    document.title = page.title;
  };

  /** Show the page of an address here, and tell how many there are now. */
  const go = async (url, keep) => {
    const busy = $("#uitslag");
    const held = document.activeElement;
    const from = held && held.getBoundingClientRect().top;
    if (busy) busy.setAttribute("aria-busy", "true");
    let page;
    try {
      page = await read(url);
      take(page);
    } catch {
      location.assign(url);
      return;
    }
    const found = $("#uitslag");
    const again = held && document.getElementById(held.id);
    const unfolded = again && again.matches("summary");
    if (keep) history[unfolded ? "replaceState" : "pushState"]({ live: true }, "", page.address);
    if (again && again.checkVisibility?.()) {
      again.focus({ preventScroll: true });
      scrollBy(0, again.getBoundingClientRect().top - from);
    } else if (keep) {
      found.focus({ preventScroll: true });
      found.scrollIntoView({ block: "start" });
    }
    if (!unfolded) say(found.dataset.said);
  };

  if ($("[data-region]")) {
    history.replaceState({ live: true }, "");
    addEventListener("popstate", (event) => { if (event.state && event.state.live) go(location.href); });
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-live] a, a[data-live]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (link.pathname !== location.pathname) return;
    event.preventDefault();
    go(link.href, true);
  });

  /* "Klopt niet?": answer here. The order may change; the reader's place does not. */
  const correct = async (form) => {
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    const row = form.closest("[data-reason]");
    const from = row.getBoundingClientRect().top;
    let page;
    try {
      page = await read(form.action, { method: "POST", body: new FormData(form) });
      take(page);
    } catch {
      // The plain way tells what is wrong.
      form.submit();
      return;
    }
    const again = document.getElementById(row.id);
    const heard = wordsOf($("[data-flashes] p", page));
    if (!again) {
      say(words.moved);
      $("#uitslag-kop").focus();
      return;
    }
    const card = again.closest("[data-card]");
    const button = $("button", again);
    if (button) button.focus({ preventScroll: true });
    again.classList.add("req--changed");
    scrollBy(0, again.getBoundingClientRect().top - from);
    say([heard || words.changed, wordsOf(card && $(".cover-text", card))].filter(Boolean).join(" "));
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("form[data-inplace]")) {
      event.preventDefault();
      correct(form);
    } else if (form.matches("form[data-live]")) {
      event.preventDefault();
      const fields = new URLSearchParams(new FormData(form, event.submitter));
      go(`${form.action.split("?")[0]}?${fields}`, true);
    }
  });
})();
