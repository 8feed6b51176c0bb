// Warnings under a field of the Isian: use what was probably meant, or keep the value with a reason. Whoever saves a row tells of its
// warnings by the event `slips:found` on the document, with the row's result ({code, warnings}). Without this script each warning links to its row.
const cookie = (name) => document.cookie.split("; ").find((c) => c.startsWith(`${name}=`))?.slice(name.length + 1);
const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
const make = (tag, facts, ...inside) => { const made = Object.assign(document.createElement(tag), facts); made.append(...inside); return made; };
const button = (text, act) => make("button", { type: "button", className: "btn btn-small", textContent: text, onclick: act });
const field = (code) => document.querySelector(`[name="v.${CSS.escape(code)}"]`);
const page = (code) => document.getElementById(`n-${code}`)?.href || "";

const use = (code, slip) => {
  const input = field(code);
  input.value = slip.suggestion;
  for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
  input.focus();
};

const accept = async (box, line, slip, reason, out) => {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") || "", "X-Person": document.body.dataset.user };
  if (document.body.dataset.speaker) headers["X-Speaker"] = document.body.dataset.speaker;
  headers["Idempotency-Key"] = line.dataset.key ||= fresh();
  const body = { kind: slip.kind, value: slip.shown, reason, subject: slip.subject || "" };
  out.textContent = "menyimpan…";
  try {
    const response = await fetch(box.dataset.url, { method: "POST", headers, body: JSON.stringify(body) });
    const answer = await response.json().catch(() => ({}));
    if (response.ok) {
      line.replaceChildren(make("span", { className: "quiet", textContent: `Diterima dengan alasan: ${reason}` }));
      field(box.dataset.slips)?.focus();
      return;
    }
    delete line.dataset.key;
    out.textContent = response.status === 401 ? "Sesi berakhir. Masuk lagi di tab lain, lalu simpan alasannya lagi."
      : answer.detail || answer.errors?.reason?.[0] || "Alasan belum tersimpan. Coba lagi.";
  } catch { out.textContent = "Alasan belum tersimpan, menunggu sambungan. Coba lagi."; }
};

const ask = (box, line, slip, open) => {
  const out = make("span", { className: "slip-said" });
  out.setAttribute("role", "status");
  const input = make("input", { maxLength: 500, autocomplete: "off", id: `k-${box.dataset.slips}-${slip.kind}` });
  const save = () => (input.value.trim() ? accept(box, line, slip, input.value.trim(), out) : (out.textContent = "Tuliskan alasannya.", input.focus()));
  const stop = () => { why.remove(); open.hidden = false; open.focus(); };
  const why = make("span", { className: "slip-why" }, make("label", { htmlFor: input.id, textContent: `Alasan tetap ${slip.shown}` }), input,
    button("Simpan alasan", save), button("Batal", stop), out);
  // Enter and Escape belong to the reason here: the form around it saves the whole table.
  why.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === input) { event.preventDefault(); event.stopPropagation(); save(); }
    if (event.key === "Escape") { event.stopPropagation(); stop(); }
  });
  for (const kind of ["input", "change"]) why.addEventListener(kind, (event) => event.stopPropagation());
  open.hidden = true;
  line.append(why);
  input.focus();
};

const dress = (box, line, slip) => {
  line.querySelector(".slip-link")?.remove();
  if (slip.subject) return line.append(make("a", { href: `${page(box.dataset.slips)}#sub-kegiatan`, textContent: "buka sub kegiatannya" }));
  if (slip.suggestion) line.append(button(`pakai ${slip.suggestion}`, () => use(box.dataset.slips, slip)));
  const open = button("tetap, alasan…", () => ask(box, line, slip, open));
  return line.append(open);
};

const show = (code, warnings) => {
  const box = document.getElementById(`w-${code}`);
  if (!box) return;
  const kept = [...box.querySelectorAll(".slip[data-subject]")].filter((line) => line.dataset.subject);
  box.replaceChildren(...warnings.filter((slip) => !slip.subject).map((slip) => {
    const line = make("p", { className: "slip" }, make("span", { textContent: slip.text }), " ");
    dress(box, line, slip);
    return line;
  }), ...kept);
};

for (const box of document.querySelectorAll("[data-slips]")) {
  box.setAttribute("aria-live", "polite");
  if (field(box.dataset.slips)) for (const line of box.querySelectorAll(".slip")) dress(box, line, line.dataset);
}
document.addEventListener("slips:found", ({ detail }) => show(detail.code, detail.warnings || []));
