// The sheet of sub kegiatan and pagu: rows are known by item, kode and perangkat daerah; new ones are typed or pasted in by their kode.
import { queue } from "../queue.js";
import { Sheet } from "./sheet.js";
import { inUnit, withUnit } from "./words.js";

const KEYS = ["kode", "opd"];
const low = (text) => String(text).trim().toLowerCase();

export class Supports extends Sheet {
  constructor(data, tell, { offices, places, own }) {
    super(data, tell);
    Object.assign(this, { offices, own, unit: "rp", choices: new Map(), fresh: 0 });
    this.placeNames = new Map(places);
    this.officeOf = new Map(offices.flatMap(([code, short, name]) => [code, code.split(":")[1], short, name].map((word) => [low(word), code])));
    this.officeName = new Map(offices.map(([code, short]) => [code, short]));
  }

  read(data) {
    this.items = new Map(data.items.map(([code, version, editable, name, label, tone]) => [code, { version, editable: Boolean(editable), name, label, tone }]));
    return data.rows.map(([code, cells]) => this.made(code, code.split("|")[0], cells));
  }

  made(code, item, cells, more = {}) {
    const { version, editable, name, label, tone } = this.items.get(item);
    cells[0] = name;
    return this.row({ code, item, version, editable, label, tone, cells, ...more });
  }

  label(row) {
    return `${this.text(row, this.columns[this.place.kode])} · ${row.cells[0]}`;
  }

  matches(row, key) {
    if (key === "tanpa-pagu") return !this.pagu(row);
    if (key === "tanpa-volume") return !this.text(row, this.columns[this.place.volume]);
    return super.matches(row, key);
  }

  pagu(row) {
    return this.columns.some((column) => column.type === "money" && this.text(row, column));
  }

  /** A cell as read: amounts in the unit of the sheet, places and offices by name. */
  shownText(row, column) {
    const text = this.text(row, column);
    if (column.key in row.typed) return text;
    if (column.type === "money") return inUnit(text, this.unit);
    if (column.type === "places") return text.split(", ").map((kode) => this.placeNames.get(kode) ?? kode).join(", ");
    if (column.key === "title" && row.isNew) return this.choices.get(this.text(row, this.columns[this.place.kode]))?.[1] ?? "";
    return text;
  }

  accept(row, column, text) {
    const plain = super.accept(row, column, text);
    return column.type === "money" && plain === text ? withUnit(text, this.unit) : plain;
  }

  move(item, seen, now) {
    super.move(item, seen, now);
    const facts = this.items.get(item);
    if (facts?.version === seen) facts.version = now;
  }

  ofItem(item) {
    return this.rows.filter((row) => row.item === item);
  }

  errorsOf(row, result) {
    const { nomenclature, ...errors } = super.errorsOf(row, result);
    return nomenclature ? { ...errors, kode: nomenclature } : errors;
  }

  /** An empty row below `beside`, for the same indikator. */
  add(item, beside) {
    this.fresh += 1;
    const cells = this.columns.map(() => ""), row = this.made(`baru ${this.fresh}`, item, cells, { isNew: true });
    row.code = `baru ${this.fresh}`;
    if (this.own) row.typed.opd = this.officeName.get(this.own) ?? this.own;
    return this.insert(row, beside);
  }

  /** Below `beside`, else where the rows of its indikator belong. */
  insert(row, beside) {
    const order = [...this.items.keys()], at = order.indexOf(row.item);
    const before = beside ?? this.rows.findLast((one) => order.indexOf(one.item) <= at);
    this.rows.splice(before ? this.rows.indexOf(before) + 1 : 0, 0, row);
    this.byCode.set(row.code, row);
    return row;
  }

  put(row, cells) {
    if (!row.isNew) return super.put(row, cells);
    for (const [column, text] of cells) {
      delete row.errors[column.key];
      row.typed[column.key] = text;
    }
    this.settle(row);
    this.tell.row(row);
    return undefined;
  }

  /** A new row goes to the queue once its kode and its perangkat daerah are known. */
  settle(row) {
    const kode = (row.typed.kode ?? "").trim().split(/\s/)[0], opd = this.officeOf.get(low(row.typed.opd ?? ""));
    row.errors = {};
    if (row.typed.opd && !opd) row.errors.opd = `Perangkat daerah “${row.typed.opd}” tidak dikenal. Pilih dari daftar.`;
    if (!kode || !opd) return this.recode(row, row.code.startsWith("baru") ? row.code : `baru ${(this.fresh += 1)}`);
    row.typed.kode = kode;
    const code = `${row.item}|${kode}|${opd}`, other = this.byCode.get(code);
    if (other && other !== row) {
      row.errors.kode = `${kode} untuk ${this.officeName.get(opd)} sudah tercantum pada indikator ini. Ubah barisnya.`;
      return undefined;
    }
    this.recode(row, code);
    const changes = { volume: row.typed.volume ?? "" };
    for (const [key, text] of Object.entries(row.typed)) if (!KEYS.includes(key)) changes[key] = text;
    return this.send(row, changes, {});
  }

  recode(row, code) {
    if (row.code === code) return;
    if (!row.code.startsWith("baru")) queue.drop(this.kind, row.code);
    this.byCode.delete(row.code);
    row.code = code;
    this.byCode.set(code, row);
    row.save = "";
  }

  hear(event) {
    const row = this.byCode.get(event.code);
    if (row?.isNew && event.state === "dropped") return;
    super.hear(event);
  }

  afterSaved(row, result) {
    if (result.sent?.hapus) return this.gone(row);
    const [, kode, opd] = row.code.split("|");
    if (row.isNew) {
      Object.assign(row, { isNew: false });
      const chosen = this.choices.get(kode);
      Object.assign(row.cells, { [this.place.kode]: kode, [this.place.opd]: this.officeName.get(opd) ?? opd, [this.place.title]: chosen?.[1] ?? row.cells[this.place.title] });
      KEYS.forEach((key) => delete row.typed[key]);
    }
    for (const column of this.columns) if (column.type === "money" && result.shown && !(column.key in result.shown)) row.cells[this.place[column.key]] = "";
    return undefined;
  }

  gone(row) {
    this.rows.splice(this.rows.indexOf(row), 1);
    this.byCode.delete(row.code);
    this.tell.rows();
  }

  /** Take a row away; a new one at once, one that stands through the queue. */
  remove(row) {
    if (!row.editable) return this.tell.say(this.whyNot(row, this.fields[0]));
    if (row.isNew) {
      if (!row.code.startsWith("baru")) queue.drop(this.kind, row.code);
      return this.gone(row);
    }
    row.leaving = true;
    this.send(row, { hapus: "ya" }, { hapus: "" });
    this.tell.row(row);
    return this.tell.say(`Sub kegiatan ${row.cells[this.place.kode]} dihapus dari indikator ini.`);
  }

  revive(entry) {
    const [item, kode, opd] = entry.code.split("|");
    if (!this.items.has(item)) return null;
    const row = this.made(entry.code, item, this.columns.map(() => ""), { isNew: true });
    Object.assign(row.typed, { kode, opd: this.officeName.get(opd) ?? opd });
    return this.insert(row);
  }

  emptyAt(row) {
    if (!row.editable) return -1;
    const column = this.columns.find((one) => this.canEdit(row, one) && one.key !== "places" && one.type !== "money" && !this.text(row, one));
    if (column) return this.place[column.key];
    return this.pagu(row) ? -1 : this.columns.findIndex((one) => one.type === "money");
  }
}
