// a[data-report]: the form of a report opens above the page, so that what is being typed there stays.  input[data-width]: the browser's width.
const dialog = document.getElementById("lapor");

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-report]");
  if (!link || !dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const body = dialog.querySelector("[data-report-body]");
  for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
  // A report that was begun and put aside is still there.
  if (!body.querySelector("form")) {
    try {
      await htmx.ajax("GET", link.href, { target: body, swap: "innerHTML" });
    } catch {
      body.replaceChildren();
    }
    if (!body.querySelector("form")) {
      location.href = link.href;
      return;
    }
  }
  dialog.showModal();
  body.querySelector("textarea")?.focus();
});

const fill = (root) => {
  for (const input of root.querySelectorAll("input[data-width]")) input.value = innerWidth;
  if (dialog?.contains(root)) for (const button of root.querySelectorAll("[data-dialog-close][hidden]")) button.hidden = false;
};

fill(document);
document.addEventListener("htmx:load", ({ detail }) => fill(detail.elt.parentElement ?? detail.elt));
dialog?.addEventListener("close", () => {
  const body = dialog.querySelector("[data-report-body]");
  if (!body.querySelector("form")) body.replaceChildren();
});
