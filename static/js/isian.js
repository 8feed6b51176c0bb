// Each row of the Isian goes to the queue as it changes. What is typed and not yet left stays on this machine, per person and row.
import { queue } from "./queue.js";
import { askDots } from "./queue/dots.js";
import { conflictWords, orEmpty, threeVersions, troubleWords } from "./queue/words.js";

const form = document.querySelector("form[data-isian]"), user = document.body.dataset.user;
const slot = (code) => `ketik:${user}:${code}`, old = (code) => `isian:${user}:${code}`;
const input = (code) => form.elements.namedItem(`v.${code}`), meta = (code) => form.elements.namedItem(`d.${code}`);
const button = (text, act) => Object.assign(document.createElement("button"), { type: "button", className: "btn btn-small", textContent: text, onclick: act });
const codes = () => [...form.querySelectorAll("td.edit input[name^='v.']")].map((field) => field.name.slice(2));
const seen = (code) => { const text = meta(code).value, at = text.indexOf("|"); return { version: Number(text.slice(0, at)), base: text.slice(at + 1) }; };
const say = (code, text, tone, ...more) => {
  const out = document.getElementById(`s-${code}`); out.className = tone ? `saved inset tone-${tone}` : "saved";
  out.replaceChildren(text, ...more);
  input(code).toggleAttribute("aria-invalid", more.length > 0 || tone === "merah");
};
const note = (code, { version, base } = seen(code)) => {
  const value = input(code).value;
  if (!queue.pending("butir", code) && value.trim() === base?.trim()) { localStorage.removeItem(slot(code)), localStorage.removeItem(old(code)); return say(code, ""); }
  const label = document.getElementById(`n-${code}`).textContent, place = [document.querySelector("h1").textContent, form.dataset.place].join(", ");
  say(code, "menyimpan…");
  const kept = queue.put("butir", { code, version, changes: { value }, base: base === undefined ? {} : { value: base }, label, place, link: `${location.pathname}#i-${code}` });
  kept.then(() => { if (input(code).value === value) localStorage.removeItem(slot(code)); localStorage.removeItem(old(code)); },
    () => say(code, "belum tersimpan: peramban ini tidak dapat menyimpan antrean. Jangan tutup halaman ini.", "merah"));
};
const settle = (code, version, shown) => {
  meta(code).value = `${version}|${shown}`, document.getElementById(`i-${code}`).dataset.version = version;
  form.dispatchEvent(new CustomEvent("isian:settled", { detail: { code, version, filled: Boolean(shown) } }));
};
const clash = (code, entry) => {
  const met = threeVersions(entry), own = met.find((each) => each.field === "value"), settleBy = (choice) => () => queue.resolve("butir", code, choice);
  if (own) settle(code, entry.result.details.theirs.version, own.theirs);
  say(code, conflictWords(entry), "kuning", button("Pakai ketikan saya", settleBy("mine")), button(met.length === 1 ? `Pakai ${orEmpty(met[0].theirs)}` : "Pakai yang di server", settleBy("theirs")));
};
const took = (code, state, result) => {
  // A first answer given again may be older than this page.
  if (result.version >= seen(code).version) settle(code, result.version, result.shown.value);
  if (input(code).value === result.sent.value) input(code).value = result.shown.value;
  document.querySelector(`#i-${code} .badge`).lastChild.textContent = result.shown.state_label;
  if (state === "saved") document.querySelector(`#i-${code} [data-target-moved]`)?.remove();
  say(code, "tersimpan", "hijau");
};
const ask = () => askDots(document.getElementById("tanya"), "butir", (code) => input(code));
const show = ({ kind, code, state, result, entry }) => {
  if (kind !== "butir" || !input(code)) return;
  if (state === "waiting" && entry.speaker !== document.body.dataset.speaker) say(code, `belum tersimpan: diketik atas nama ${entry.as}, terkirim bila Anda berbicara untuknya lagi`, "kuning");
  else if (state === "waiting" || state === "sending") say(code, troubleWords(queue.state.trouble), queue.state.trouble && "kuning");
  else if (state === "saved" || state === "same") took(code, state, result);
  else if (state === "conflict") clash(code, entry);
  else if (state === "refused") say(code, `${result.message} `, "merah", button("Buang ketikan", () => queue.drop("butir", code)));
  else if (state === "ask") say(code, result.message, "kuning");
  else if (state === "dropped") { input(code).value = seen(code).base; say(code, ""); }
  ask();
};
if (form && user) {
  queue.subscribe(show);
  const typed = ({ target }) => (target.name?.startsWith("v.") ? target.name.slice(2) : null);
  form.addEventListener("change", (event) => { const code = typed(event); if (code) note(code); });
  form.addEventListener("input", (event) => { const code = typed(event); if (code) localStorage.setItem(slot(code), JSON.stringify({ value: event.target.value, ...seen(code) })); });
  form.addEventListener("isian:filled", ({ detail }) => detail.forEach((code) => note(code)));
  // "Simpan" goes the same way, so that a lost link loses nothing; without JavaScript the form itself is sent.
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.name === "titik") return;
    event.preventDefault();
    codes().filter((code) => localStorage.getItem(slot(code))).forEach((code) => note(code));
    await queue.flush();
    if (!codes().some((code) => queue.pending("butir", code))) location.reload();
  });
  await queue.ready;
  for (const code of codes().filter((each) => !input(each).hasAttribute("aria-invalid"))) {
    const entry = queue.pending("butir", code), kept = JSON.parse(localStorage.getItem(slot(code)) ?? localStorage.getItem(old(code))), now = seen(code);
    if (entry) { input(code).value = entry.changes.value ?? input(code).value, show({ ...entry, entry }); }
    if (kept) { input(code).value = kept.value, note(code, { base: kept.version === now.version ? now.base : undefined, ...kept }); }
  }
}
