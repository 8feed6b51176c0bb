// Typing into a cell: one field at a time, with the size of a large number beside it.
import { make, size } from "./words.js";

export class Editor {
  /** `commit(row, column, text)` takes what was typed; `lists` gives the id of a datalist for a type of column. */
  constructor(table, sheet, { commit, list }) {
    Object.assign(this, { table, sheet, commit, list, field: null });
  }

  get open() {
    return this.field !== null;
  }

  /** Begin; `text` replaces what stands there, without it what stands there is edited. */
  begin(text) {
    const { table, sheet } = this, row = table.rows[table.at.r], column = table.columns[table.at.c];
    const cell = table.cell();
    if (!cell) return;
    this.before = sheet.shownText(row, column);
    this.replacing = text !== undefined;
    const field = make(column.type === "note" ? "textarea" : "input", { value: text ?? this.before, className: "kisi-field", autocomplete: "off", spellcheck: column.type === "note" });
    if (column.type === "value" || column.type === "money") field.inputMode = "decimal";
    field.setAttribute("aria-label", `${column.title}, ${row.cells[0]}`);
    const list = this.list(column);
    if (list) field.setAttribute("list", list);
    this.size = make("output", { className: "kisi-size" });
    Object.assign(this, { field, row, column });
    table.held = row;
    cell.classList.add("open");
    cell.replaceChildren(field, this.size);
    field.addEventListener("input", () => this.measure());
    field.addEventListener("blur", () => this.end(true));
    field.focus({ preventScroll: true });
    if (!this.replacing) field.setSelectionRange?.(field.value.length, field.value.length);
    this.measure();
  }

  measure() {
    const { type } = this.column;
    const words = type === "money" ? size(this.field.value, this.sheet.unit) : type === "value" ? size(this.field.value) : "";
    this.size.textContent = words && `= ${words}`;
  }

  /** Finish, keeping what was typed or not. */
  end(keep) {
    if (!this.field) return;
    const { field, row, column, table } = this, text = field.value.trim();
    this.field = null;
    table.held = null;
    if (keep && text !== this.before) this.commit(row, column, text);
    else table.refresh(row);
    const line = table.rows.indexOf(row);
    if (table.cell({ r: line, c: 0 })?.parentElement.contains(field)) table.refresh(row);
  }
}
