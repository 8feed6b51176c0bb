// The note under the cell in hand: why it was refused, whose change met it, what a dot means, what looks like a slip, each with its choices.
import { queue } from "../queue.js";
import { button, cookie, fresh, make } from "./words.js";

const AT_SERVER = { value: "value_proposed" };
const said = (facts, key) => facts?.[AT_SERVER[key] ?? key] ?? facts?.[key] ?? "";
const orEmpty = (text) => text || "kosong";
const clock = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZoneName: "short" });

export class Note {
  constructor(stage, { table, sheet, say, ask }) {
    Object.assign(this, { table, sheet, say, ask });
    this.box = make("div", { className: "kisi-note", hidden: true });
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-label", "Pesan sel");
    stage.append(this.box);
    this.box.addEventListener("keydown", (event) => event.key === "Escape" && this.back());
    table.scroller.addEventListener("scroll", () => this.put(), { passive: true });
  }

  back() {
    this.table.go(this.table.at.r, this.table.at.c);
  }

  /** Into the choices of the note, if there are any. */
  enter() {
    const first = this.box.querySelector("button, input");
    if (this.box.hidden || !first) return this.say("Sel ini tidak mempunyai pesan.");
    return first.focus();
  }

  /** Draw what is to be said of the cell in hand. */
  show() {
    const { table, sheet } = this, row = table.rows[table.at.r], column = table.columns[table.at.c];
    const parts = row ? this.parts(row, column, sheet) : [];
    if (this.box.contains(document.activeElement) && this.of === row && parts.length) return;
    this.of = row;
    this.box.replaceChildren(...parts);
    this.box.hidden = !parts.length;
    this.put();
  }

  put() {
    const cell = this.table.cell();
    if (this.box.hidden || !cell) return this.box.classList.add("away");
    const around = this.box.parentElement.getBoundingClientRect(), at = cell.getBoundingClientRect();
    const under = at.bottom - around.top, height = this.box.offsetHeight, room = around.height - under;
    this.box.classList.toggle("away", at.bottom > around.bottom || at.bottom < around.top + this.table.top);
    this.box.style.top = `${room < height && at.top - around.top > height ? at.top - around.top - height : under}px`;
    return (this.box.style.left = `${Math.max(0, Math.min(at.left - around.left, around.width - this.box.offsetWidth - 4))}px`);
  }

  parts(row, column) {
    const key = column.key, typed = key in row.typed || row.leaving, out = [];
    if (row.errors[key]) out.push(this.refused(row, column));
    if (typed && row.save === "conflict") out.push(this.conflict(row, key));
    if (typed && row.save === "ask") out.push(this.asked(row));
    if (key === "value" || key === "state") row.warnings.forEach((warning) => out.push(this.warning(row, warning)));
    if (row.request && (key === "value" || key === "state")) out.push(make("p", { className: "inset tone-kuning" }, `Diminta perbaikan: ${row.request}`));
    if (column.type === "state" && row.save === "refused") out.push(make("p", { className: "inset tone-merah" }, Object.values(row.errors).join(" ")));
    return out;
  }

  refused(row, column) {
    const stands = row.cells[this.sheet.place[column.key]];
    const undo = row.isNew ? [] : [make("p", { className: "row" }, button(`Kembalikan ke ${orEmpty(stands)}`, () => this.restore(row, column)))];
    return make("div", { className: "inset tone-merah" }, make("p", {}, `Ditolak: ${row.errors[column.key]}`), ...undo);
  }

  restore(row, column) {
    delete row.typed[column.key];
    delete row.errors[column.key];
    queue.drop(this.sheet.kind, row.code, column.key);
    // The other cells of the row waited for this one.
    if (!Object.keys(row.errors).length && Object.keys(row.typed).length) queue.retry?.(this.sheet.kind, row.code);
    this.table.refresh(row);
    this.back();
  }

  conflict(row, key) {
    const { theirs, base } = row.result?.details ?? {}, by = theirs?.by;
    const who = by ? ` oleh ${by.name} (${by.institution}), ${clock.format(new Date(by.at))}` : "";
    const mine = row.typed[key] ?? "dihapus", now = said(theirs, key);
    const take = (choice) => () => {
      const code = row.code;
      row.version = theirs.version;
      if (choice === "theirs") {
        for (const field of Object.keys(row.typed)) {
          row.cells[this.sheet.place[field]] = said(theirs, field);
          delete row.typed[field];
        }
        row.leaving = false;
      }
      queue.resolve(this.sheet.kind, code, choice);
      this.table.refresh(row);
      this.back();
    };
    return make("div", { className: "inset tone-kuning" },
      make("p", {}, `Bentrok: ketikan Anda ${orEmpty(mine)}; kini ${orEmpty(now)}${who}; saat Anda buka ${orEmpty(said(base, key))}.`),
      make("p", { className: "row" }, button("Pakai ketikan saya", take("mine")), button(`Pakai ${orEmpty(now)}`, take("theirs"))));
  }

  asked(row) {
    const { text, as_thousands: whole, as_decimal: part } = row.result?.details ?? {};
    return make("div", { className: "inset tone-kuning" },
      make("p", {}, `“${text}” berarti …? Jawaban berlaku untuk semua angka bertitik yang menunggu.`),
      make("p", { className: "row" }, button(`Ribuan: ${whole}`, () => this.ask("thousands")), button(`Desimal: ${String(part).replace(".", ",")}`, () => this.ask("decimal"))));
  }

  warning(row, warning) {
    const value = this.sheet.columns[this.sheet.place.value], actions = make("p", { className: "row" });
    if (warning.suggestion && !warning.subject && this.sheet.canEdit(row, value)) {
      actions.append(button(`pakai ${warning.suggestion}`, () => {
        this.sheet.enter([[row, value, warning.suggestion]]);
        this.back();
      }));
    }
    actions.append(button("tetap, alasan…", (event) => this.reason(event.target.closest("div"), row, warning)));
    return make("div", { className: "inset tone-kuning" }, make("p", {}, warning.text), actions);
  }

  reason(box, row, warning) {
    const field = make("input", { className: "w-medium", maxLength: 500 }), out = make("output", { className: "small" });
    const send = async () => {
      const headers = { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken"), "Idempotency-Key": fresh(), "X-Person": document.body.dataset.user };
      if (!field.value.trim()) return (out.textContent = "Tuliskan alasannya.");
      const body = { kind: warning.kind, value: warning.shown, reason: field.value.trim(), subject: warning.subject ?? "" };
      const answer = await fetch(`/api/v1/butir/${row.item}/peringatan/`, { method: "POST", headers, body: JSON.stringify(body) }).catch(() => null);
      if (!answer?.ok) {
        out.textContent = answer ? ((await answer.json().catch(() => ({}))).detail ?? "Belum tersimpan. Coba lagi.") : "Belum tersimpan, sambungan terputus. Alasan masih di kolom; coba lagi.";
        return "";
      }
      row.warnings = row.warnings.filter((one) => one !== warning);
      this.table.refresh(row);
      this.back();
      return this.say("Alasan tersimpan; peringatan tidak ditampilkan lagi untuk nilai ini.");
    };
    field.addEventListener("keydown", (event) => event.key === "Enter" && send());
    box.lastChild.replaceChildren(make("label", {}, `Alasan tetap ${warning.shown} `, field), button("Simpan alasan", send), out);
    field.focus();
  }

  close() {
    this.box.remove();
  }
}
