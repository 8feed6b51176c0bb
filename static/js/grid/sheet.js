// One sheet: its rows as values, what was typed into them, what became of it. Everything typed goes to the queue; nothing is saved here.
import { queue } from "../queue.js";

const TROUBLE = new Set(["refused", "conflict", "ask"]);
const same = (a, b) => String(a ?? "").trim() === String(b ?? "").trim();

export class Sheet {
  /** `tell.row(row)` hears that a row looks different, `tell.say(text)` what to read out. */
  constructor(data, tell) {
    Object.assign(this, { key: data.key, kind: data.kind, title: data.title, columns: data.columns, tell, undone: [], done: [], filter: "" });
    this.place = Object.fromEntries(this.columns.map((column, c) => [column.key, c]));
    this.fields = this.columns.filter((column) => column.edit);
    this.rows = this.read(data);
    this.byCode = new Map(this.rows.map((row) => [row.code, row]));
  }

  read(data) {
    return data.rows.map(([code, version, editable, works, label, tone, marks, request, warnings, cells]) =>
      this.row({ code, item: code, version, editable: Boolean(editable), works: new Set(works.split(" ")), label, tone, marks, request, warnings, cells }));
  }

  row(facts) {
    return { typed: {}, errors: {}, save: "", result: null, isNew: false, warnings: [], works: new Set(), marks: "", request: "", ...facts };
  }

  /** The text of a cell as it stands: what was typed, else what the server has. */
  text(row, column) {
    return row.typed[column.key] ?? row.cells[this.place[column.key]] ?? "";
  }

  /** A cell as read; what was typed stands as typed. */
  shownText(row, column) {
    return this.text(row, column);
  }

  /** What somebody typed or pasted, as it is kept: the text as shown means no change. */
  accept(row, column, text) {
    return same(text, this.shownText(row, column)) ? this.text(row, column) : text;
  }

  canEdit(row, column) {
    return row.editable && (column.edit === true || (column.edit === "new" && row.isNew));
  }

  /** Why a cell takes nothing. */
  whyNot(row, column) {
    if (!column.edit) return `Kolom ${column.title} tidak diisi di sini.`;
    if (!row.editable && this.tell.closed) return this.tell.closed;
    if (!row.editable) return `Baris berstatus ${row.label} tidak dapat diubah.`;
    return `${column.title} tidak dapat diganti. Tambah baris baru lalu hapus yang ini.`;
  }

  shown() {
    return this.filter ? this.rows.filter((row) => this.matches(row, this.filter)) : this.rows;
  }

  matches(row, key) {
    if (key === "menunggu") return row.save === "waiting" || row.save === "sending";
    if (key === "bermasalah") return TROUBLE.has(row.save) || Object.keys(row.errors).length > 0;
    if (key === "peringatan") return row.warnings.length > 0;
    return row.works.has(key);
  }

  /** Put what was typed or pasted into cells ([row, column, text]). */
  enter(edits) {
    return this.set(edits.map(([row, column, text]) => [row, column, this.accept(row, column, text)]));
  }

  /** Put texts into cells ([row, column, text]); those that take none are left out. Returns how many were skipped. */
  set(edits, { record = true } = {}) {
    const steps = [], touched = new Map();
    let skipped = 0;
    for (const [row, column, text] of edits) {
      if (!this.canEdit(row, column)) skipped += 1;
      else if (!same(this.text(row, column), text)) {
        steps.push({ row, column, before: this.text(row, column), after: text });
        touched.set(row, [...(touched.get(row) ?? []), [column, text]]);
      }
    }
    if (steps.length && record) {
      this.done.push(steps);
      this.undone = [];
    }
    for (const [row, cells] of touched) this.put(row, cells);
    return skipped;
  }

  put(row, cells) {
    const changes = {}, base = {};
    for (const [column, text] of cells) {
      delete row.errors[column.key];
      const stands = row.cells[this.place[column.key]] ?? "";
      if (same(stands, text)) delete row.typed[column.key];
      else row.typed[column.key] = text;
      changes[column.key] = text;
      base[column.key] = stands;
    }
    this.send(row, changes, base);
    this.tell.row(row);
  }

  send(row, changes, base) {
    row.save = "waiting";
    queue.put(this.kind, { code: row.code, version: row.version, changes, base, label: this.label(row) });
  }

  label(row) {
    return row.cells[0];
  }

  undo() {
    this.step(this.done, this.undone, "before", "Tidak ada yang dapat diurungkan.");
  }

  redo() {
    this.step(this.undone, this.done, "after", "Tidak ada yang dapat diulangi.");
  }

  step(from, to, side, nothing) {
    const steps = from.pop();
    if (!steps) return this.tell.say(nothing);
    to.push(steps);
    const left = this.set(steps.map((one) => [one.row, one.column, one[side]]), { record: false });
    this.tell.say(left ? `${left} sel tidak dapat diurungkan karena barisnya tidak dapat diubah lagi.` : `${steps.length} sel ${side === "before" ? "diurungkan" : "diulangi"}.`);
    this.tell.go(steps[0].row, steps[0].column);
  }

  /** What the queue says of a row of this sheet. */
  hear({ code, state, result, entry }) {
    const row = this.byCode.get(code);
    if (!row) return;
    row.save = state === "dropped" ? "" : state;
    row.result = result;
    if (state === "saved" || state === "same") this.took(row, result, entry);
    else if (state === "refused") row.errors = this.errorsOf(row, result);
    else if (state === "dropped") Object.assign(row, { typed: {}, errors: {}, leaving: false });
    else row.errors = {};
    if (state === "conflict") row.entry = entry;
    this.tell.row(row);
  }

  took(row, result, entry) {
    row.errors = {};
    row.kept = new Set(Object.keys(result.sent ?? row.typed));
    for (const key of Object.keys(result.sent ?? row.typed)) if (!(entry && key in entry.changes)) delete row.typed[key];
    this.tell.version(row.item, result.from ?? row.version, result.version);
    // An answer that was long on its way says nothing of what stands since.
    if (result.version < row.version) return;
    for (const [key, text] of Object.entries(result.shown ?? {})) if (key in this.place) row.cells[this.place[key]] = text;
    row.version = result.version;
    row.warnings = result.warnings ?? [];
    if (entry) row.save = entry.state;
    this.afterSaved(row, result);
  }

  /** Rows of one item share its version: those that were as new as this one still are. */
  move(item, seen, now) {
    for (const row of this.ofItem(item)) if (row.version === seen) row.version = now;
  }

  ofItem(item) {
    const row = this.byCode.get(item);
    return row ? [row] : [];
  }

  afterSaved(row, result) {
    if (result.shown?.state_label) row.label = result.shown.state_label;
    const filled = Boolean(this.text(row, this.columns[this.place.value])), draft = row.works.has("belum");
    row.works.delete("kosong"), row.works.delete("lengkap"), row.works.delete("siap"), row.works.delete("target");
    if (result.shown?.applicability !== "applies" && result.shown?.applicability) return;
    if (!filled && draft) row.works.add("kosong");
    if (filled && draft) row.works.add("lengkap"), row.works.add("siap");
  }

  errorsOf(row, result) {
    const { fields, field } = result.details ?? {};
    row.leaving = false;
    if (fields) return Object.fromEntries(Object.entries(fields).filter(([key]) => row.isNew || key in row.typed));
    const first = field === "nomenclature" || field in this.place ? field : (Object.keys(row.typed)[0] ?? this.fields[0].key);
    return { [first]: result.message };
  }

  /** Edits of an earlier visit that the server has not taken. */
  recall(entry) {
    const row = this.byCode.get(entry.code) ?? this.revive(entry);
    if (!row) return;
    Object.assign(row.typed, Object.fromEntries(Object.entries(entry.changes).filter(([key]) => key in this.place)));
    Object.assign(row, { save: entry.state, result: entry.result, entry });
    row.leaving = "hapus" in entry.changes;
    if (entry.state === "refused") row.errors = this.errorsOf(row, entry.result);
  }

  revive() {
    return null;
  }

  /** Where a block would begin to be empty: is this row still to be filled, and in which column? */
  emptyAt(row) {
    return row.editable && row.works.has("kosong") && !this.text(row, this.columns[this.place.value]) ? this.place.value : -1;
  }

  troubleAt(row) {
    const bad = Object.keys(row.errors)[0] ?? (TROUBLE.has(row.save) || row.warnings.length ? Object.keys(row.typed)[0] ?? this.fields.at(0).key : undefined);
    return bad === undefined ? -1 : (this.place[bad] ?? this.place.value ?? 1);
  }
}
