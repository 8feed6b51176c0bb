// Second header rows stick under the first; [data-select] forms count what is ticked in their main button; [data-select-all] ticks its own table.
const heads = (root) => {
  for (const table of root.querySelectorAll("table.grid")) {
    const first = table.tHead?.rows[0];
    if (table.tHead?.rows.length > 1) table.style.setProperty("--head-1", `${first.offsetHeight}px`);
  }
};

// A button with data-select-count="Ajukan {n} siap" reads "Ajukan 21 siap" and is off at zero.
const count = (form) => {
  const ticked = (root) => [...root.querySelectorAll("[data-select-row]")].filter((box) => box.checked).length;
  const n = ticked(form);
  for (const all of form.querySelectorAll("[data-select-all]")) {
    const of = all.closest("table") ?? form;
    const [m, rows] = [ticked(of), of.querySelectorAll("[data-select-row]:enabled").length];
    all.checked = m > 0 && m === rows;
    all.indeterminate = m > 0 && m < rows;
  }
  for (const button of form.querySelectorAll("[data-select-count]")) {
    button.textContent = button.dataset.selectCount.replace("{n}", n.toLocaleString("id-ID"));
    button.disabled = n === 0;
  }
};

let last = null;
document.addEventListener("click", (event) => {
  const box = event.target.closest?.("[data-select-row]");
  if (!box) return;
  const form = box.closest("[data-select]");
  const boxes = [...form.querySelectorAll("[data-select-row]")];
  const [a, b] = [boxes.indexOf(last), boxes.indexOf(box)];
  if (event.shiftKey && a >= 0) boxes.slice(Math.min(a, b), Math.max(a, b) + 1).forEach((one) => (one.checked = box.checked && !one.disabled));
  last = box;
  count(form);
});

document.addEventListener("change", ({ target }) => {
  const form = target.closest?.("[data-select]");
  if (!form) return;
  if (target.matches("[data-select-all]")) (target.closest("table") ?? form).querySelectorAll("[data-select-row]:enabled").forEach((box) => (box.checked = target.checked));
  count(form);
});

const start = () => {
  heads(document);
  document.querySelectorAll("[data-select]").forEach(count);
};
start();
document.addEventListener("htmx:afterSettle", start);
addEventListener("resize", () => heads(document));
