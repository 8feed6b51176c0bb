// The page "Antrean ketikan": what waits, what is bentrok, what was refused, each with what can be done about it.
import { queue } from "../queue.js";
import { byWhom, fieldLabel, orEmpty, threeVersions, troubleSentence, when } from "./words.js";

const GROUPS = [
  ["conflict", "Bentrok", "Orang lain mengubah isian yang sama setelah Anda membukanya. Pilih yang dipakai."],
  ["ask", "Perlu jawaban", "Tanda titik pada angka ini dapat berarti ribuan atau desimal."],
  ["refused", "Ditolak", "Server tidak menerimanya. Perbaiki di Isian, kirim lagi, atau buang."],
  ["waiting", "Menunggu", "Dikirim sendiri, menurut urutan pengetikan, begitu server dapat dicapai."],
];
const list = document.querySelector("[data-queue-list]"), empty = document.querySelector("[data-queue-empty]"), send = document.querySelector("[data-send]");
const from = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
const cell = (tag, text, props = {}) => Object.assign(document.createElement(tag), { textContent: text, ...props });
const { user } = document.body.dataset;

const acts = {
  conflict: (row) => [["Pakai ketikan saya", () => queue.resolve(row.kind, row.code, "mine")], ["Pakai yang di server", () => queue.resolve(row.kind, row.code, "theirs")]],
  ask: (row) => {
    const { as_thousands: thousands, as_decimal: decimal } = row.result.details;
    const say = (dot) => () => queue.answer(dot, row.kind, [row.code]);
    return [[`Ribuan: ${thousands}`, say("thousands")], [`Desimal: ${decimal.replace(".", ",")}`, say("decimal")]];
  },
  refused: (row) => [["Kirim lagi", () => queue.retry(row.kind, row.code)]],
  waiting: () => [],
};

const three = (table, row) => {
  const by = byWhom(row), line = (css, name, text, who) => {
    const tr = cell("tr", "", { className: css });
    tr.append(cell("th", name, { scope: "row" }), cell("td", orEmpty(text), { className: "prewrap" }), cell("td", who));
    ["Isi", "Oleh"].forEach((label, place) => (tr.children[place + 1].dataset.label = label));
    return tr;
  };
  for (const { label, field, yours, theirs, base } of threeVersions(row)) {
    const of = field === "value" ? "" : ` (${label})`;
    table.tBodies[0].append(line("mine", `Punya Anda${of}`, yours, `Anda, ${when(row.at)}`), line("theirs", `Di server${of}`, theirs, by || "sudah tersimpan"), line("", `Dasar${of}`, base, "saat halaman Anda buka"));
  }
  table.hidden = false;
};

const fields = (box, row) => {
  for (const [field, text] of Object.entries(row.changes)) box.append(cell("dt", fieldLabel(field)), cell("dd", orEmpty(text), { className: "prewrap" }));
  box.hidden = false;
};

const draw = (row) => {
  const item = from("entry"), link = item.querySelector("[data-link]"), why = item.querySelector("[data-why]");
  const elsewhere = row.speaker !== document.body.dataset.speaker && row.state === "waiting";
  Object.assign(link, { href: row.link, textContent: row.label || `Butir ${row.code}` });
  item.querySelector("[data-where]").textContent = [row.kind === "dukungan" ? row.code.split("|")[1] : "", row.place, `diketik ${when(row.at)}`].filter(Boolean).join(" · ");
  if (row.state === "conflict") three(item.querySelector("[data-three]"), row);
  else fields(item.querySelector("[data-fields]"), row);
  why.textContent = elsewhere ? `Diketik atas nama ${row.as}. Berbicaralah untuk lembaga itu lagi agar terkirim.` : row.state === "refused" || row.state === "ask" ? row.result.message : "";
  why.hidden = !why.textContent;
  const named = (text, act) => {
    const button = cell("button", text, { type: "button", className: "btn btn-small", onclick: act });
    button.append(cell("span", `: ${link.textContent}`, { className: "visually-hidden" }));
    return button;
  };
  item.querySelector("[data-acts]").append(...acts[row.state](row).map(([text, act]) => named(text, act)));
  // What has left may have arrived: it cannot be thrown away before its answer is read.
  const whole = row.state === "conflict" && threeVersions(row).length === Object.keys(row.changes).length;
  if (whole) return item;
  if (!row.flight) item.querySelector("[data-acts]").append(named("Buang", () => queue.drop(row.kind, row.code)));
  else why.replaceChildren("Sudah dikirim, jawaban server belum terbaca."), (why.hidden = false);
  return item;
};

const MOST = 200;
const show = () => {
  planned = false;
  const at = [...list.querySelectorAll("button")].indexOf(document.activeElement);
  const rows = queue.entries(), { trouble, lasting } = queue.state, words = document.querySelector("[data-trouble-words]");
  list.replaceChildren(...GROUPS.flatMap(([state, title, lead]) => {
    const these = rows.filter((row) => row.state === state);
    if (!these.length) return [];
    const section = from("group");
    section.querySelector("h2").textContent = title;
    section.querySelector(".panel-note").textContent = these.length;
    section.querySelector("[data-lead]").textContent = lead;
    section.querySelector("ul").append(...these.slice(0, MOST).map(draw));
    if (these.length > MOST) section.append(cell("p", `dan ${these.length - MOST} lainnya, yang tampil begitu yang di atas selesai.`, { className: "quiet" }));
    return [section];
  }));
  words.textContent = !lasting ? "Peramban ini tidak menyimpan antrean. Jangan tutup halaman sebelum semua tersimpan." : trouble && rows.length ? troubleSentence(trouble) : "";
  words.hidden = !words.textContent;
  empty.hidden = rows.length > 0;
  send.hidden = !rows.some((row) => row.state === "waiting");
  // Drawn anew after each answer: whoever works by keyboard stays where they were.
  const buttons = list.querySelectorAll("button");
  if (at >= 0) (buttons[Math.min(at, buttons.length - 1)] ?? document.getElementById("isi")).focus();
};
let planned = false;
const plan = () => {
  if (!planned) requestAnimationFrame(show);
  planned = true;
};

send.addEventListener("click", () => queue.flush());
document.addEventListener("antrean", plan);
await queue.ready;
show();
// That somebody else's typing waits here is all that may be said.
document.querySelector("[data-others]").hidden = !Object.keys(localStorage).some((name) => name.startsWith("antrean:") && name !== `antrean:${user}`);
