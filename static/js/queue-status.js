// On every page: how much of one's typing waits on this computer. Only a count is read here; the queue itself is opened where it is not zero.
const { user, login } = document.body.dataset, link = document.querySelector("[data-queue]"), key = `antrean:${user}`;
const SHORT = 1500, WORDS = { waiting: "menunggu", conflict: "bentrok", refused: "ditolak", ask: "perlu jawaban" };
const stored = () => JSON.parse(localStorage.getItem(key));
const left = () => Object.keys(localStorage).some((name) => name.startsWith(`isian:${user}:`));
let timer = 0, shown = 0, thanks = "";

const draw = (counts, trouble) => {
  const parts = Object.keys(WORDS).filter((name) => counts?.[name]).map((name) => `${counts[name]} ${WORDS[name]}`);
  const again = trouble?.name === "login" && parts.length ? " · masuk lagi" : "";
  link.href = trouble?.name === "login" ? `${login}?next=${encodeURIComponent(location.pathname + location.search)}` : link.dataset.queue;
  link.textContent = parts.join(" · ").replace(/^(\d+) menunggu$/, "$1 ketikan menunggu") + again || thanks;
  link.hidden = !link.textContent;
  shown = counts?.waiting ?? 0;
};

// A save takes a moment; only what waits longer is worth a word.
const later = (counts, trouble) => {
  clearTimeout(timer);
  if (trouble || !counts?.waiting || shown) draw(counts, trouble);
  else timer = setTimeout(() => draw(counts, trouble), SHORT);
};

// What had to wait is worth a word when it has arrived.
const arrived = (saved) => {
  thanks = `${saved} ketikan tersimpan`;
  setTimeout(() => {
    thanks = "";
    if (link.textContent.endsWith("tersimpan")) draw(null, null);
  }, 4 * SHORT);
};

const open = () => import("./queue.js").then(({ queue }) => queue, () => null);

if (user && link) {
  link.dataset.queue = link.getAttribute("href");
  document.addEventListener("antrean", ({ detail: { counts, trouble, saved } }) => {
    if (shown && saved && !counts.waiting) arrived(saved);
    later(counts, trouble);
  });
  // Another tab typed and may be gone before it has sent.
  addEventListener("storage", (event) => event.key === key && setTimeout(() => stored() && open(), 2 * SHORT));
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-logout]") || !stored()) return;
    event.preventDefault();
    import("./queue/logout.js").then(({ ask }) => ask(event.target), () => event.target.submit());
  });
  if (stored() || left()) {
    later(stored(), null);
    open();
  }
}
