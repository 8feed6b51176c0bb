// The room: asks every few seconds whether something moved and fetches the changed parts, never over a field being typed in.
const PERIOD = 3000;
const JITTER = 600;
const room = () => document.getElementById("room");
const typing = (part) => {
  if (part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) return true;
  return [...part.querySelectorAll("textarea, input:not([type=hidden], [type=checkbox], [type=radio])")].some((el) => el.value !== el.defaultValue);
};
let pending = false;

const swap = (old, fresh) => {
  if (old.dataset.html === fresh.innerHTML) return;
  const open = new Set([...old.querySelectorAll("details[open] > summary")].map((el) => el.textContent));
  const html = fresh.innerHTML;
  const focus = old.contains(document.activeElement) ? document.activeElement : null;
  fresh.querySelectorAll("details > summary").forEach((el) => open.has(el.textContent) && (el.parentElement.open = true));
  const sight = focus?.getAttribute("href");
  old.replaceWith(fresh);
  fresh.dataset.html = html;
  if (sight) fresh.querySelector(`[href="${CSS.escape(sight)}"]`)?.focus();
  window.htmx?.process(fresh);
};

// A part that holds typing stays; the parts inside it that hold none are renewed.
const renew = (old, fresh) => {
  if (!typing(old)) return swap(old, fresh);
  pending = true;
  for (const inner of old.querySelectorAll("[data-live][id]")) {
    const other = fresh.querySelector(`#${CSS.escape(inner.id)}`);
    if (other && !typing(inner)) swap(inner, other);
  }
};

const refresh = async () => {
  const answer = await fetch(location.href, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("room");
  const old = room();
  if (!fresh || !old) return;
  pending = false;
  document.dispatchEvent(new Event("room:before"));
  const moved = fresh.dataset.item !== old.dataset.item;
  const busy = moved && [...old.querySelectorAll("form")].some(typing);
  const note = document.getElementById("room-moved");
  if (busy) {
    note.hidden = false;
    note.replaceChildren("Sidang beralih ke butir lain. Ketikan Anda masih di layar; simpan dahulu, lalu ", Object.assign(document.createElement("a"), { href: location.pathname, textContent: "ikuti butir yang dibahas" }), ".");
    pending = true;
  } else if (moved || old.querySelectorAll(":scope [data-live]").length === 0) {
    old.replaceWith(fresh);
    window.htmx?.process(fresh);
  } else {
    for (const part of old.querySelectorAll("[data-live]:not([data-live] [data-live])")) {
      const other = fresh.querySelector(`#${CSS.escape(part.id)}`);
      if (other) renew(part, other);
    }
  }
  if (!moved || !busy) room().dataset.versions = fresh.dataset.versions;
  document.dispatchEvent(new CustomEvent("htmx:afterSettle", { detail: { elt: room() } }));
};

const ask = async () => {
  const here = room();
  if (!here || !("liveRoom" in here.dataset) || document.hidden || here.classList.contains("htmx-request")) return;
  const answer = await fetch(`${here.dataset.poll}?sejak=${encodeURIComponent(here.dataset.versions)}`, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" });
  if (answer.status === 200 || pending) await refresh();
};

const loop = () => setTimeout(() => ask().catch(() => {}).finally(loop), PERIOD + (Math.random() * 2 - 1) * JITTER);
loop();
document.addEventListener("visibilitychange", () => !document.hidden && ask().catch(() => {}));
