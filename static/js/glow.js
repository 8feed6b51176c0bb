// Rows with an id and data-version glow once when an update brings another version of them.
const seen = new Map();

const look = (show) => {
  for (const el of document.querySelectorAll("[id][data-version]")) {
    const before = seen.get(el.id);
    if (show && before !== undefined && before !== el.dataset.version) {
      el.classList.remove("glow");
      requestAnimationFrame(() => el.classList.add("glow"));
    }
    seen.set(el.id, el.dataset.version);
  }
};

look(false);
document.addEventListener("htmx:afterSettle", () => look(true));
document.addEventListener("animationend", ({ target }) => target.classList.remove("glow"));
