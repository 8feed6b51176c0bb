// form[data-once]: sent once, under one key per content.  form[data-guard]: leaving with unsaved typing asks first.
const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
const cookie = (name) => document.cookie.split("; ").find((c) => c.startsWith(`${name}=`))?.slice(name.length + 1);
const dirty = new Set();

const named = (form, name) => {
  let input = form.elements.namedItem(name);
  if (!input) {
    input = Object.assign(document.createElement("input"), { type: "hidden", name });
    form.append(input);
  }
  return input;
};
const key = (form) => named(form, "idempotency_key");

const release = (form) => {
  delete form.dataset.busy;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
};

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form) return;
  if (form.matches("[data-guard]")) dirty.add(form);
  // Another content under the same key is refused by the server, so a changed form gets a new one.
  if (form.matches("[data-once]") && form.dataset.sent) {
    key(form).value = fresh();
    delete form.dataset.sent;
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const token = cookie("csrftoken");
  const field = form.elements.namedItem("csrfmiddlewaretoken");
  if (token && field) field.value = token;
  if (field && document.body.dataset.user) named(form, "pengisi").value = document.body.dataset.user;
  if (form.matches("[data-once]")) {
    if (form.dataset.busy) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.busy = form.dataset.sent = "1";
    if (!key(form).value) key(form).value = fresh();
    event.submitter?.setAttribute("aria-busy", "true");
  }
  if (!event.defaultPrevented) dirty.delete(form);
}, true);

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.elt.closest("form");
  if (!form) return;
  release(form);
  if (!detail.successful) {
    if (form.matches("[data-guard]")) dirty.add(form);
    return;
  }
  dirty.delete(form);
  if (form.matches("[data-once]")) {
    key(form).value = fresh();
    delete form.dataset.sent;
  }
});

addEventListener("pageshow", () => document.querySelectorAll("form[data-busy]").forEach(release));
addEventListener("beforeunload", (event) => {
  for (const form of dirty) if (!form.isConnected) dirty.delete(form);
  if (dirty.size) event.preventDefault();
});

document.querySelector("[data-focus]")?.focus();
