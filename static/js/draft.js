// form[data-draft="name"]: typing survives a closed laptop, a dropped link, an expired login. Kept on this machine
// for the same person only, removed when the server has it (the page comes back without the draft's form or says so).
const user = document.body.dataset.user;
const name = (form) => `draf:${user}:${form.dataset.draft}`;
const kept = (el) => el.name && !["hidden", "password", "file", "submit", "button"].includes(el.type) && !el.disabled;
const read = (form) => {
  const out = {};
  for (const el of form.elements) {
    if (!kept(el)) continue;
    const at = ["checkbox", "radio"].includes(el.type) ? `${el.name}=${el.value}` : el.name;
    out[at] = ["checkbox", "radio"].includes(el.type) ? el.checked : el.value;
  }
  return out;
};
const write = (form, data) => {
  for (const el of form.elements) {
    if (!kept(el)) continue;
    if (["checkbox", "radio"].includes(el.type)) el.checked = data[`${el.name}=${el.value}`] ?? el.checked;
    else el.value = data[el.name] ?? el.value;
  }
};

const offer = (form, saved) => {
  const before = read(form);
  write(form, saved);
  const bar = document.createElement("p");
  bar.className = "message tone-kuning";
  bar.setAttribute("role", "status");
  bar.append("Ketikan Anda yang belum tersimpan dipulihkan. ");
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "btn btn-small";
  drop.textContent = "Buang ketikan itu";
  drop.addEventListener("click", () => {
    write(form, before);
    localStorage.removeItem(name(form));
    bar.remove();
  });
  bar.append(drop);
  form.prepend(bar);
};

const start = (root) => {
  for (const form of root.querySelectorAll("form[data-draft]")) {
    const stored = localStorage.getItem(name(form));
    // A page that shows errors already carries what was typed.
    if (stored && !form.querySelector("[aria-invalid]") && stored !== JSON.stringify(read(form))) offer(form, JSON.parse(stored));
  }
};

if (user) {
  // The server marks a saved form by answering with data-draft-saved="name" anywhere in the page.
  const clear = () => document.querySelectorAll("[data-draft-saved]").forEach((el) => localStorage.removeItem(`draf:${user}:${el.dataset.draftSaved}`));
  clear();
  start(document);
  document.addEventListener("htmx:load", ({ detail }) => detail.elt !== document.body && start(detail.elt));
  let timer;
  document.addEventListener("input", ({ target }) => {
    const form = target.form;
    if (!form?.dataset.draft) return;
    clearTimeout(timer);
    timer = setTimeout(() => localStorage.setItem(name(form), JSON.stringify(read(form))), 400);
  });
  // Before the answer is swapped in: what the server has must not be offered back to the form that comes with it.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const form = detail.requestConfig.elt.closest("form[data-draft]");
    if (form && detail.xhr.status < 400 && detail.requestConfig.verb !== "get") {
      clearTimeout(timer);
      localStorage.removeItem(name(form));
    }
  });
  document.addEventListener("htmx:afterRequest", clear);
}
