/* Several out of many: a field to type in. The tick boxes stay, hidden, and are what is sent. */
(() => {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const make = (name, values, ...inside) => {
    const made = document.createElement(name);
    for (const key in values) made.setAttribute(key, values[key]);
    made.append(...inside);
    return made;
  };

  const start = (root) => {
    const list = $("[data-list]", root);
    const boxes = $$("input", list);
    if (!boxes.length) return;
    list.after($("template", root).content.cloneNode(true));
    const input = $("[role=combobox]", root);
    const pop = $("[role=listbox]", root);
    const tags = $("ul", input.parentNode);
    const names = boxes.map((box) => wordsOf(box.parentNode));
    const tell = (what, i) => root.dataset[what].replace("{0}", names[i])
      .replace("{1}", boxes.filter((box) => box.checked).length);
    let shown = [];
    let here = -1;

    // A link to the field, such as the one in the list of errors, leads to what is seen.
    input.id = boxes[0].id;
    boxes[0].id = "";
    list.hidden = true;

    const point = (to) => {
      here = to;
      input.removeAttribute("aria-activedescendant");
      shown.forEach(({ node }, i) => {
        node.classList.toggle("is-here", i === to);
        if (i !== to) return;
        input.setAttribute("aria-activedescendant", node.id);
        node.scrollIntoView({ block: "nearest" });
      });
    };
    const show = (open) => {
      pop.hidden = !open;
      input.setAttribute("aria-expanded", open);
      if (!open) point(-1);
    };
    const open = (at = -1) => {
      const asked = plain(input.value.trim());
      let last;
      let into = pop;
      shown = [];
      pop.replaceChildren();
      boxes.forEach((box, i) => {
        if (!plain(names[i]).includes(asked)) return;
        const group = box.closest("ul").previousElementSibling;
        if (group && group !== last) {
          last = group;
          into = make("div", { role: "group", "aria-label": wordsOf(group) },
            make("p", { class: "soft small", "aria-hidden": true }, wordsOf(group)));
          pop.append(into);
        }
        const node = make("div", { role: "option", id: `${pop.id}-${i}`, "aria-selected": box.checked }, names[i]);
        node.onclick = () => toggle(i);
        into.append(node);
        shown.push({ node, i });
      });
      if (!shown.length) {
        pop.append(make("p", { role: "option", "aria-disabled": true, "aria-selected": false }, root.dataset.none));
        say(root.dataset.none);
      }
      show(true);
      point(Math.min(at, shown.length - 1));
    };
    const toggle = (i) => {
      boxes[i].checked = !boxes[i].checked;
      boxes[i].dispatchEvent(new Event("change", { bubbles: true }));
      input.value = "";
      draw();
      if (!pop.hidden) {
        open();
        point(shown.findIndex((one) => one.i === i));
      }
      say(tell(boxes[i].checked ? "picked" : "dropped", i));
    };
    const draw = () => {
      tags.replaceChildren();
      boxes.forEach((box, i) => {
        if (!box.checked) return;
        const drop = make("button", { type: "button", "aria-label": tell("drop", i) }, "×");
        const tag = make("li", {}, names[i], drop);
        drop.onclick = () => {
          const next = tag.nextSibling || tag.previousSibling;
          const place = [...tags.children].indexOf(next) - (tag.nextSibling ? 1 : 0);
          toggle(i);
          (next ? tags.children[place].lastChild : input).focus();
        };
        tags.append(tag);
      });
    };

    input.addEventListener("input", () => open(input.value.trim() ? 0 : -1));
    input.addEventListener("click", () => (pop.hidden ? open() : show(false)));
    input.addEventListener("blur", () => show(false));
    pop.addEventListener("mousedown", (event) => event.preventDefault());
    input.addEventListener("keydown", (event) => {
      const closed = pop.hidden;
      const end = shown.length - 1;
      const busy = !closed || input.value;
      const last = boxes.map((box) => box.checked).lastIndexOf(true);
      const act = {
        ArrowDown: () => (closed ? open(0) : point(here < end ? here + 1 : 0)),
        ArrowUp: () => (closed ? open(1e4) : point(here > 0 ? here - 1 : end)),
        Home: !closed && (() => point(0)),
        End: !closed && (() => point(end)),
        Enter: busy && (() => here >= 0 && toggle(shown[here].i)),
        Escape: busy && (() => {
          if (closed) input.value = "";
          show(false);
        }),
        Backspace: !input.value && last >= 0 && (() => toggle(last)),
      }[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    });
    // Going back in the browser brings back what was ticked after the page was read.
    addEventListener("pageshow", draw);
    draw();
  };
  $$("[data-picker]").forEach(start);
})();
