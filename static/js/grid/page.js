// The grid page: sheets as tabs, chips that filter in place, and the queue that saves what is typed.
import { queue } from "../queue.js";
import { headHtml, rowHtml, side } from "./cells.js";
import { Keys } from "./keys.js";
import { Note } from "./note.js";
import { Sheet } from "./sheet.js";
import { Supports } from "./supports.js";
import { Table } from "./table.js";
import { button, make, size } from "./words.js";

const root = document.getElementById("kisi"), data = JSON.parse(document.getElementById("kisi-data").textContent);
const part = (name) => root.querySelector(`.kisi-${name}`);
const number = (n) => n.toLocaleString("id-ID");
let table, keys, note, sheet, chosen = null, asked = [];

// What is read out: one sentence for all that happened in half a second.
let words = [], wordTimer = 0;
const say = (text) => {
  words.push(text);
  clearTimeout(wordTimer);
  wordTimer = setTimeout(() => {
    document.getElementById("kisi-said").textContent = [...new Set(words)].join(" ");
    part("sum").textContent = `${[...new Set(words)].join(" ")} ${summary()}`;
    words = [];
  }, 300);
};

const summary = () => {
  const counts = { waiting: 0, refused: 0, conflict: 0, ask: 0 };
  for (const one of sheets) for (const row of one.rows) counts[row.save === "sending" ? "waiting" : row.save] += 1;
  const parts = [[counts.waiting, "menunggu"], [counts.refused, "ditolak"], [counts.conflict, "bentrok"], [counts.ask, "perlu jawaban"]].filter(([n]) => n).map(([n, word]) => `${number(n)} baris ${word}`);
  return parts.length ? `${parts.join(" · ")}.` : "Semua tersimpan.";
};

// Looks follow at the pace of the screen, however many answers come at once.
const stale = new Set();
let frame = 0, outcome = { saved: 0, refused: 0, conflict: 0, ask: 0 };
const draw = () => {
  frame = 0;
  table?.refreshAll(stale);
  stale.clear();
  ask();
  note?.show();
  line();
  count();
  const told = [[outcome.saved, "tersimpan"], [outcome.refused, "ditolak"], [outcome.conflict, "bentrok"], [outcome.ask, "perlu jawaban tentang tanda titik"]].filter(([n]) => n);
  if (told.length) say(`${told.map(([n, word]) => `${number(n)} baris ${word}`).join(", ")}.`);
  outcome = { saved: 0, refused: 0, conflict: 0, ask: 0 };
};
const soon = () => (frame ||= requestAnimationFrame(draw));

const tell = {
  say,
  closed: data.canEdit ? "" : "Pengisian sedang tidak dibuka bagi Anda; kisi ini hanya untuk dibaca.",
  row: (row) => {
    stale.add(row);
    soon();
  },
  rows: () => table?.show(sheet.shown()),
  version: (item, seen, now) => sheets.forEach((one) => one.move(item, seen, now)),
  go: (row, column) => {
    const r = table.rows.indexOf(row);
    if (r >= 0) table.go(r, sheet.columns.indexOf(column));
  },
};
const sheets = data.sheets.map((one) => (one.key === "dukungan" ? new Supports(one, tell, data) : new Sheet(one, tell)));

/** The cell in hand in full below the table: what is clipped above can be read here. */
const line = () => {
  const row = table?.rows[table.at.r], column = table?.columns[table.at.c];
  part("open").hidden = !row;
  if (!row) return (part("cell").textContent = "");
  part("open").href = data.item.replace("KODE", row.item);
  const text = column.type === "state" ? row.label : sheet.shownText(row, column).replace("\n", ", "), large = column.type === "money" ? size(text, sheet.unit) : column.type === "value" ? size(text) : "";
  return (part("cell").textContent = `${column.type === "name" ? "" : `${row.cells[0]} · ${column.title}: `}${text || "kosong"}${large ? ` (${large})` : ""}`);
};

const FILTERS = { butir: () => data.chips, dukungan: () => [["tanpa-volume", "tanpa volume"], ["tanpa-pagu", "tanpa pagu"]] };
const OWN = [["peringatan", "peringatan"], ["menunggu", "menunggu"], ["bermasalah", "ditolak atau bentrok"]];
const count = () => {
  for (const chip of part("chips").querySelectorAll("button")) {
    const { key } = chip.dataset, n = key ? sheet.rows.filter((row) => sheet.matches(row, key)).length : sheet.rows.length;
    chip.querySelector("b").textContent = number(n);
    chip.parentElement.hidden = !n && key !== "" && key !== "kosong" && sheet.filter !== key;
  }
};
const chips = () => {
  part("chips").replaceChildren(...[["", "semua"], ...FILTERS[sheet.kind](), ...OWN].map(([key, label]) => {
    const chip = button("", () => filter(key), "chip");
    chip.dataset.key = key;
    chip.setAttribute("aria-pressed", sheet.filter === key);
    chip.append(`${label} `, make("b"));
    return make("li", {}, chip);
  }));
  count();
};
const filter = (key) => {
  sheet.filter = key;
  chips();
  table.show(sheet.shown());
  table.go(0, table.at.c, { focus: false });
  say(`${number(table.rows.length)} baris ditampilkan.`);
};

const next = (where, nothing) => {
  const { rows, at } = table;
  for (let step = 1; step <= rows.length; step += 1) {
    const r = (at.r + step) % rows.length, c = where(rows[r]);
    if (c >= 0) return table.go(r, c);
  }
  const c = rows.length ? where(rows[at.r]) : -1;
  return c >= 0 ? table.go(at.r, c) : say(nothing);
};
const help = {
  say,
  empty: () => next((row) => sheet.emptyAt(row), "Tidak ada sel kosong lagi pada baris yang ditampilkan."),
  trouble: () => next((row) => sheet.troubleAt(row), "Tidak ada sel bermasalah pada baris yang ditampilkan."),
  note: () => note.enter(),
  list: (column) => (column.type === "kode" ? "kisi-kode" : column.type === "opd" ? "kisi-opd" : ""),
  // A block pasted from the kode of a new row on brings further new rows of the same indikator.
  grow: (top, left, tall) => {
    const { rows, columns } = table, { item, isNew } = rows[top];
    if (!isNew || columns[left].type !== "kode") return;
    let r = top;
    while (r + 1 < top + tall && rows[r + 1]?.isNew && rows[r + 1].item === item) r += 1;
    for (let beside = rows[r], more = top + tall - 1 - r; more > 0; more -= 1) beside = sheet.add(item, beside);
    table.show(sheet.shown());
  },
};

// The sub kegiatan to choose from: read once, when the sheet is opened.
const readChoices = async () => {
  if (chosen) return;
  chosen = fetch(root.dataset.choices, { headers: { Accept: "application/json" } }).then((answer) => answer.json(), () => null);
  const found = await chosen;
  if (!found) return (chosen = null), say("Daftar sub kegiatan belum termuat; kode tetap dapat diketik.");
  for (const one of sheets) if (one.choices) one.choices = new Map(found.choices.map(([kode, name, unit]) => [kode, [kode, name, unit]]));
  root.append(make("datalist", { id: "kisi-kode" }, ...[...new Map(found.choices.map((one) => [one[0], one])).values()].map(([kode, name]) => make("option", { value: kode, label: name }))));
  sheet.rows.filter((row) => row.isNew).forEach(tell.row);
};

const addRow = () => {
  const row = table.rows[table.at.r];
  const item = row?.item ?? [...sheet.items.keys()][0];
  if (!sheet.items.get(item)?.editable) return say("Indikator baris ini tidak dapat diubah sekarang. Pilih baris indikator lain.");
  const made = sheet.add(item, row);
  table.show(sheet.shown());
  return table.go(table.rows.indexOf(made), sheet.place.kode);
};
const itemChoice = () => {
  const box = make("select", { className: "kisi-item" });
  box.setAttribute("aria-label", "Indikator untuk baris baru");
  box.append(make("option", { value: "", textContent: "Tambah untuk indikator …" }), ...[...sheet.items].filter(([, facts]) => facts.editable).map(([code, facts]) => make("option", { value: code, textContent: facts.name })));
  box.addEventListener("change", () => {
    if (!box.value) return;
    const made = sheet.add(box.value);
    sheet.filter = "";
    chips();
    table.show(sheet.shown());
    table.go(table.rows.indexOf(made), sheet.place.kode);
    box.value = "";
  });
  return box;
};
const unitChoice = () => {
  const box = make("select");
  box.append(...[["rp", "Rp"], ["ribu", "Rp ribu"], ["juta", "Rp juta"], ["miliar", "Rp miliar"]].map(([value, textContent]) => make("option", { value, textContent, selected: sheet.unit === value })));
  box.addEventListener("change", () => {
    sheet.unit = box.value;
    localStorage.setItem("kisi:satuan", box.value);
    table.head();
    table.show(table.rows);
    table.go(table.at.r, table.at.c, { focus: false });
    table.body.replaceChildren(), (table.first = table.last = 0), table.draw(true);
    say(`Pagu ditampilkan dan diketik dalam ${box.selectedOptions[0].textContent}.`);
  });
  return make("label", { className: "small" }, "Pagu dalam ", box);
};
const tools = () => {
  const own = [button("Kosong berikutnya", help.empty), button("Bermasalah berikutnya", help.trouble), button("Urungkan", () => sheet.undo()), button("Ulangi", () => sheet.redo())];
  own[0].title = "F8", own[1].title = "Shift+F8", own[2].title = "Ctrl+Z", own[3].title = "Ctrl+Y";
  if (sheet.kind === "dukungan") own.push(...(data.canEdit ? [button("Tambah baris", addRow), itemChoice(), button("Hapus baris", () => table.rows.length && sheet.remove(table.rows[table.at.r]))] : []), unitChoice());
  part("tools").replaceChildren(...own);
};

const open = (one) => {
  keys?.close(), note?.close(), table?.close();
  sheet = one;
  for (const tab of part("tabs").children) {
    tab.setAttribute("aria-selected", tab.dataset.key === one.key);
    tab.tabIndex = tab.dataset.key === one.key ? 0 : -1;
  }
  tools(), chips();
  table = new Table(part("stage"), {
    label: `${one.title}, ${document.querySelector("h1").textContent}`, columns: one.columns, rowHtml: (row, r) => rowHtml(one, row, r), headHtml: (column) => headHtml(one, column), headCss: side,
    moved: () => (note?.show(), line()),
  });
  note = new Note(part("stage"), { table, sheet: one, say, ask: answer });
  keys = new Keys(table, one, help);
  table.show(one.shown());
  const value = one.columns.findIndex((column) => column.edit === true);
  table.go(table.at.r, Math.max(0, value), { focus: false });
  table.scroller.scrollLeft = 0;
  if (one.kind === "dukungan") readChoices();
};

const tabs = () => {
  part("tabs").replaceChildren(...sheets.map((one) => {
    const tab = button(one.title, () => open(one), "kisi-tab");
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", "kisi-lembar");
    tab.dataset.key = one.key;
    return tab;
  }));
  part("tabs").addEventListener("keydown", (event) => {
    const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!turn) return;
    const at = sheets.indexOf(sheet), to = sheets[(at + turn + sheets.length) % sheets.length];
    open(to);
    part("tabs").children[sheets.indexOf(to)].focus();
  });
};

// One question for all dotted numbers that wait for an answer.
const answer = (dot) => {
  part("ask").hidden = true;
  asked = [];
  queue.answer(dot);
};
const ask = () => {
  const rows = sheets.flatMap((one) => one.rows.filter((row) => row.save === "ask" && row.result?.details?.text));
  part("ask").hidden = !rows.length;
  if (!rows.length || asked.length === rows.length) return;
  asked = rows;
  const { text, as_thousands: whole, as_decimal: decimal } = rows[0].result.details;
  part("ask").replaceChildren(make("p", {}, `“${text}” berarti …? Jawaban berlaku untuk ${number(rows.length)} angka bertitik yang baru Anda isi.`),
    make("p", { className: "row" }, button(`Ribuan: ${whole}`, () => answer("thousands")), button(`Desimal: ${String(decimal).replace(".", ",")}`, () => answer("decimal"))));
};

const start = async () => {
  root.hidden = false;
  for (const one of sheets) if (one.unit) one.unit = localStorage.getItem("kisi:satuan") ?? "rp";
  root.append(make("datalist", { id: "kisi-opd" }, ...data.offices.map(([, short, name]) => make("option", { value: short, label: name }))));
  tabs();
  const wanted = new URLSearchParams(location.search).get("saring") ?? "";
  if (data.chips.some(([key]) => key === wanted)) for (const one of sheets) if (one.kind === "butir") one.filter = wanted;
  open(sheets[0]);
  queue.subscribe((event) => {
    if (event.state in outcome) outcome[event.state] += 1;
    for (const one of sheets) if (one.kind === event.kind) one.hear(event);
  });
  await queue.ready;
  for (const entry of queue.entries()) for (const one of sheets) if (one.kind === entry.kind) one.recall(entry);
  table.show(sheet.shown());
  soon();
};
start();
