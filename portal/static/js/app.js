/* The frame of every page, and the form to ask with. */
(() => {
  /* Errors: begin reading at the summary. */
  const summary = $("[data-summary]");
  if (summary) summary.focus();

  /* Menu: Escape and a click elsewhere close it. */
  const menu = $(".menu");
  if (menu) {
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) $("summary", menu).focus();
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  }

  /* A link to something that is folded away opens it. */
  const reveal = () => {
    let id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const target = id && document.getElementById(id);
    if (!target) return;
    let closed = false;
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) {
      closed = closed || !box.open;
      box.open = true;
    }
    if (closed) target.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", reveal);
  reveal();

  /* How many characters: shown while typing, said only when it gets tight. */
  for (const area of $$("textarea[data-max]")) {
    const max = Number(area.dataset.max);
    if (!max || area.readOnly) continue;
    const line = document.createElement("p");
    line.className = "count";
    area.after(line);
    let tight = false;
    const show = () => {
      // A line break travels as two characters; the server counts it as one.
      const used = area.value.length;
      line.hidden = used < max / 2;
      line.textContent = (words.count || "{0}/{1}").replace("{0}", used).replace("{1}", max);
      line.classList.toggle("count--over", used > max);
      const now = used > max * 0.9;
      if (now && !tight) say(line.textContent);
      tight = now;
    };
    area.addEventListener("input", show);
    show();
  }

  /* An example fills the form here; what was typed can come back. */
  const NAMES = ["skills", "ambition", "place", "hours"];
  for (const link of $$("a[data-example]")) {
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      const form = $("#vraag");
      if (!form) return;
      event.preventDefault();
      const fields = NAMES.map((name) => form.elements[name]);
      const undo = $("[data-undo]");
      if (undo && undo.hidden && fields.some((field) => field && field.value.trim())) {
        const before = fields.map((field) => field && field.value);
        undo.hidden = false;
        undo.onclick = () => {
          fields.forEach((field, i) => { if (field) fill(field, before[i]); });
          undo.hidden = true;
          fields[0].focus();
        };
      }
      fields.forEach((field, i) => { if (field) fill(field, link.dataset[NAMES[i]] || ""); });
      $$("a[data-example]").forEach((other) => other.classList.toggle("chip--used", other === link));
      say(words.filled);
    });
  }
  const fill = (field, value) => {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  /* Matching wakes: look again now and then, and show it when it is there. */
  if ($("[data-waking]")) {
    let wait = 2000;
    const look = async () => {
      try {
        if (!$("[data-waking]", await read(location.href))) {
          say(words.ready);
          location.reload();
          return;
        }
      } catch (error) {
        // Not there any more; until matching is awake it answers 503, and we try again.
        if (error.message[0] === "4") location.reload();
      }
      wait = Math.min(wait * 1.3, 10000);
      setTimeout(look, wait);
    };
    setTimeout(look, wait);
  }
})();
