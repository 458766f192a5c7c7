/* A link to a page that asks "are you sure?" shows that question here. */
(() => {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if ($("dialog")) return;
    const box = document.createElement("dialog");
    document.body.append(box);
    try {
      const body = $("[data-confirm-body]", await read(link.href));
      const head = $("h1", body);
      const cancel = $("[data-cancel]", body);
      box.className = "dialog";
      box.setAttribute("aria-labelledby", head.id);
      body.removeAttribute("aria-labelledby");
      head.setAttribute("aria-level", 2);
      box.append(body);
      box.addEventListener("click", (press) => {
        if (press.target !== box && press.target !== cancel) return;
        press.preventDefault();
        box.close();
      });
      box.addEventListener("close", () => {
        box.remove();
        link.focus();
      });
      box.showModal();
      cancel.focus();
    } catch {
      // The page itself asks, or tells what is wrong.
      location.assign(link.href);
    }
  });
})();
