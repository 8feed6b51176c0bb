// Each row of the Isian is saved as it changes. What the server has not acknowledged stays on this machine, per person and row.
const form = document.querySelector("form[data-isian]"), user = document.body.dataset.user, slot = (code) => `isian:${user}:${code}`;
const keep = (code, what) => localStorage.setItem(slot(code), JSON.stringify(what));
const cookie = (name) => document.cookie.split("; ").find((c) => c.startsWith(`${name}=`))?.slice(name.length + 1);
const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
const input = (code) => form.elements.namedItem(`v.${code}`), meta = (code) => form.elements.namedItem(`d.${code}`);
const button = (text, act) => Object.assign(document.createElement("button"), { type: "button", className: "btn btn-small", textContent: text, onclick: act });
const say = (code, text, tone, ...more) => {
  const out = document.getElementById(`s-${code}`); out.className = tone ? `saved inset tone-${tone}` : "saved";
  out.replaceChildren(text, ...more);
  input(code).toggleAttribute("aria-invalid", tone === "merah" || tone === "kuning");
};
let waiting = new Map(), sent = null, busy = false, timer = 0, dot = "ask";
const note = (code, version) => {
  const value = input(code).value, base = meta(code).value, at = base.indexOf("|");
  if (value.trim() === base.slice(at + 1).trim()) { waiting.delete(code); localStorage.removeItem(slot(code)); return say(code, ""); }
  keep(code, waiting.set(code, { value, version: version ?? Number(base.slice(0, at)) }).get(code)), say(code, "menyimpan…");
};
const settle = (code, version, shown) => {
  if (shown !== undefined) meta(code).value = `${version}|${shown}`;
  document.getElementById(`i-${code}`).dataset.version = version, form.dispatchEvent(new CustomEvent("isian:settled", { detail: { code, version, filled: Boolean(shown) } }));
};
const clash = (r) => {
  const theirs = r.details.theirs, now = theirs.value_proposed, who = theirs.by ? ` oleh ${theirs.by.name} (${theirs.by.institution})` : "";
  settle(r.code, theirs.version, now);
  say(r.code, `bentrok: kini ${now || "kosong"}${who}, saat Anda buka ${r.details.base.value_proposed || "kosong"}. `, "kuning",
    button("Pakai ketikan saya", () => { note(r.code); send(); }), button(`Pakai ${now || "kosong"}`, () => { input(r.code).value = now; note(r.code); }));
};
const took = (r, value) => {
  if (r.status === "conflict") return clash(r);
  if (r.status !== "saved" && r.status !== "same") return say(r.code, r.message, r.status === "ask" ? "kuning" : "merah");
  settle(r.code, r.version, r.shown.value);
  if (input(r.code).value !== value) return note(r.code);
  input(r.code).value = r.shown.value, localStorage.removeItem(slot(r.code));
  document.querySelector(`#i-${r.code} .badge`).lastChild.textContent = r.shown.state_label;
  document.dispatchEvent(new CustomEvent("slips:found", { detail: r }));
  if (r.status === "saved") document.querySelector(`#i-${r.code} [data-target-moved]`)?.remove();
  say(r.code, "tersimpan", "hijau");
};
const ask = (rows) => {
  const box = document.getElementById("tanya"), first = rows[0].details, shown = { thousands: first.as_thousands, decimal: first.as_decimal.replace(".", ",") };
  box.hidden = false, box.scrollIntoView({ block: "nearest" });
  box.querySelector("[data-tanya]").textContent = `“${first.text}” berarti …? Jawaban berlaku untuk ${rows.length} angka bertitik yang baru Anda isi.`;
  for (const choice of box.querySelectorAll("[data-titik]")) {
    choice.textContent = `${choice.dataset.titik === "thousands" ? "Ribuan" : "Desimal"}: ${shown[choice.dataset.titik]}`;
    choice.onclick = () => { box.hidden = true; dot = choice.dataset.titik; rows.forEach((r) => note(r.code)); send(); };
  }
};
const send = async () => {
  clearTimeout(timer);
  if (busy || (!sent && !waiting.size)) return;
  busy = true;
  sent ??= { key: fresh(), rows: [...waiting].map(([code, w]) => ({ code, version: w.version, changes: { value: w.value }, dot })) }, dot = "ask";
  for (const r of sent.rows) if (waiting.get(r.code)?.value === r.changes.value) waiting.delete(r.code);
  const headers = { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") || "", "Idempotency-Key": sent.key, "X-Person": user };
  let words = "belum tersimpan, menunggu sambungan; ketikan aman di komputer ini";
  try {
    const response = await fetch(form.dataset.isian, { method: "POST", headers, body: JSON.stringify({ rows: sent.rows }) });
    if (response.status === 401) words = "belum tersimpan: sesi berakhir. Masuk lagi di tab lain; ketikan aman di komputer ini";
    if (response.status === 401 || response.status === 429 || response.status >= 500) throw new Error(words);
    const answer = await response.json(), done = sent;
    if (answer.code === "other_person") throw new Error(words = "belum tersimpan: orang lain kini masuk di komputer ini; ketikan menunggu Anda masuk kembali");
    sent = null;
    if (answer.rows) answer.rows.forEach((r, i) => took(r, done.rows[i].changes.value)); else done.rows.forEach((r) => say(r.code, answer.detail, "merah"));
    const asked = (answer.rows || []).filter((r) => r.status === "ask"); if (asked.length) ask(asked);
  } catch { sent?.rows.forEach((r) => say(r.code, words, "kuning")); timer = setTimeout(send, 8000); }
  busy = false;
  if (!sent) send();
};
const typed = ({ target }) => (target.name?.startsWith("v.") ? target.name.slice(2) : null);
if (form && user) {
  for (const field of form.querySelectorAll("td.edit input[name^='v.']:not([aria-invalid])")) {
    const code = field.name.slice(2), kept = JSON.parse(localStorage.getItem(slot(code)));
    if (kept) field.value = kept.value, note(code, kept.version);
  }
  form.addEventListener("change", (event) => { const code = typed(event); if (code) { note(code); send(); } });
  form.addEventListener("input", (event) => { const code = typed(event); if (code) keep(code, { value: event.target.value, version: Number(meta(code).value.split("|")[0]) }); });
  form.addEventListener("isian:filled", ({ detail }) => { detail.forEach((code) => note(code)); send(); });
  addEventListener("online", send);
  send();
}
