// The manners of a spreadsheet: keys, mouse and clipboard over a table and the sheet behind it.
import { Editor } from "./edit.js";
import { readBlock, writeBlock } from "./words.js";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export class Keys {
  /** `help` has say(text), empty(step), trouble(), note(), list(column, row). */
  constructor(table, sheet, help) {
    Object.assign(this, { table, sheet, help, leaving: false, dragging: false });
    this.editor = new Editor(table, sheet, { commit: (row, column, text) => this.commit(row, column, text), list: help.list });
    const { scroller } = table;
    scroller.addEventListener("keydown", (event) => this.key(event));
    scroller.addEventListener("mousedown", (event) => this.press(event));
    scroller.addEventListener("mouseover", (event) => this.drag(event));
    scroller.addEventListener("dblclick", (event) => table.spot(event.target) && !this.editor.open && this.type());
    scroller.addEventListener("focusin", (event) => event.target === scroller && table.go(table.at.r, table.at.c));
    this.bound = { copy: (event) => this.copy(event), cut: (event) => this.copy(event, true), paste: (event) => this.paste(event), mouseup: () => (this.dragging = false) };
    for (const [name, act] of Object.entries(this.bound)) document.addEventListener(name, act);
  }

  close() {
    this.editor.end(true);
    for (const [name, act] of Object.entries(this.bound)) document.removeEventListener(name, act);
  }

  get here() {
    return this.table.scroller.contains(document.activeElement);
  }

  cellNow() {
    const { rows, columns, at } = this.table;
    return [rows[at.r], columns[at.c]];
  }

  key(event) {
    if (!this.table.rows.length || event.isComposing) return;
    const done = this.editor.open ? this.whileTyping(event) : this.whileMoving(event);
    if (done) event.preventDefault();
  }

  whileTyping(event) {
    const { editor, table } = this, { key, shiftKey } = event, { r, c } = table.at;
    const [dr, dc] = STEPS[key] ?? [];
    const leave = (row, column) => {
      editor.end(true);
      table.go(row, column);
      return true;
    };
    if (key === "Escape") {
      editor.end(false);
      table.go(r, c);
      return true;
    }
    if (key === "Enter" && !event.altKey) return leave(r + (shiftKey ? -1 : 1), c);
    if (key === "Tab") return leave(r, c + (shiftKey ? -1 : 1));
    if (key === "F2") editor.replacing = !editor.replacing;
    if (dr !== undefined && editor.replacing && !shiftKey && !editor.field.list) return leave(r + dr, c + dc);
    return key === "F2";
  }

  whileMoving(event) {
    const { key, shiftKey } = event, ctrl = event.ctrlKey || event.metaKey, { table } = this, { r, c } = table.at;
    if (key !== "Tab" && key !== "Shift") this.leaving = key === "Escape";
    if (STEPS[key] && !event.altKey) return this.step(STEPS[key], shiftKey, ctrl);
    if (ctrl) return this.withCtrl(key.toLowerCase(), shiftKey);
    switch (key) {
      case "Enter":
        if (event.altKey) this.help.note();
        else table.go(r + (shiftKey ? -1 : 1), c);
        return true;
      case "Tab":
        return this.tab(shiftKey);
      case "Home":
        table.go(r, 0, { extend: shiftKey });
        return true;
      case "End":
        table.go(r, table.columns.length - 1, { extend: shiftKey });
        return true;
      case "PageDown":
      case "PageUp": {
        const page = Math.max(1, Math.floor((table.scroller.clientHeight - table.top) / table.height) - 1);
        table.go(r + (key === "PageUp" ? -page : page), c, { extend: shiftKey });
        return true;
      }
      case "F2":
        this.type();
        return true;
      case "F8":
        this.help[shiftKey ? "trouble" : "empty"]();
        return true;
      case "Delete":
      case "Backspace":
        this.clear();
        return true;
      default:
        if (key.length !== 1 || event.altKey) return false;
        // The field takes the focus now, so the key itself falls into it.
        this.type("");
        return !this.editor.open;
    }
  }

  withCtrl(key, shift) {
    const { table, sheet } = this, { r, c } = table.at;
    const end = { r: table.rows.length - 1, c: table.columns.length - 1 };
    const acts = {
      z: () => (shift ? sheet.redo() : sheet.undo()), y: () => sheet.redo(), d: () => this.fillDown(),
      home: () => table.go(0, 0, { extend: shift }), end: () => table.go(end.r, end.c, { extend: shift }),
      a: () => {
        table.from = { r: 0, c: 0 };
        table.go(end.r, end.c, { extend: true });
      },
    };
    if (!acts[key]) return false;
    acts[key](r, c);
    return true;
  }

  step([dr, dc], extend, far) {
    const { table, sheet } = this, { r, c } = table.at;
    if (!far) return table.go(r + dr, c + dc, { extend }), true;
    // To the edge of what is filled, as in a spreadsheet.
    const filled = (row, column) => Boolean(table.rows[row] && table.columns[column] && sheet.text(table.rows[row], table.columns[column]));
    let [y, x] = [r + dr, c + dc];
    const run = filled(r, c) && filled(y, x);
    while (table.rows[y + dr] && table.columns[x + dc] && (run ? filled(y + dr, x + dc) : !filled(y, x))) [y, x] = [y + dr, x + dc];
    return table.go(y, x, { extend }), true;
  }

  tab(back) {
    const { table } = this, { r, c } = table.at, next = c + (back ? -1 : 1);
    if (this.leaving) return false;
    if (next >= 0 && next < table.columns.length) table.go(r, next);
    else if (table.rows[r + (back ? -1 : 1)]) table.go(r + (back ? -1 : 1), back ? table.columns.length - 1 : 0);
    else return false;
    return true;
  }

  /** Open the cell in hand for typing, or say why it takes none. */
  type(text) {
    const [row, column] = this.cellNow();
    if (!this.sheet.canEdit(row, column)) return this.help.say(this.sheet.whyNot(row, column));
    return this.editor.begin(text);
  }

  commit(row, column, text) {
    this.sheet.enter([[row, column, text]]);
    this.table.refresh(row);
  }

  picked() {
    const { top, bottom, left, right } = this.table.range(), cells = [];
    for (let r = top; r <= bottom; r += 1) for (let c = left; c <= right; c += 1) cells.push([this.table.rows[r], this.table.columns[c]]);
    return cells;
  }

  /** What became of an act on many cells, in words. */
  tell(done, skipped, more = "") {
    const parts = [`${done} sel ${more}`];
    if (skipped) parts.push(`${skipped} sel yang tidak dapat diisi dilewati`);
    this.help.say(`${parts.join(", ")}.`);
  }

  clear() {
    const cells = this.picked(), skipped = this.sheet.set(cells.map(([row, column]) => [row, column, ""]));
    if (skipped === cells.length) this.help.say(this.sheet.whyNot(...cells[0]));
    else this.tell(cells.length - skipped, skipped, "dikosongkan");
  }

  fillDown() {
    const { table, sheet } = this;
    let { top, bottom, left, right } = table.range();
    if (top === bottom) top = Math.max(0, top - 1);
    const edits = [];
    for (let r = top + 1; r <= bottom; r += 1) {
      for (let c = left; c <= right; c += 1) edits.push([table.rows[r], table.columns[c], sheet.shownText(table.rows[top], table.columns[c])]);
    }
    const skipped = sheet.enter(edits);
    this.tell(edits.length - skipped, skipped, "diisi ke bawah");
  }

  copy(event, cut = false) {
    if (!this.here || this.editor.open || !this.table.rows.length) return;
    event.preventDefault();
    const { top, bottom, left, right } = this.table.range(), { rows, columns } = this.table, block = [];
    for (let r = top; r <= bottom; r += 1) block.push(columns.slice(left, right + 1).map((column) => (column.type === "state" ? rows[r].label : this.sheet.shownText(rows[r], column).split("\n")[0])));
    event.clipboardData.setData("text/plain", writeBlock(block));
    this.help.say(`${block.length} baris × ${block[0].length} kolom disalin.`);
    if (cut) this.clear();
  }

  paste(event) {
    if (!this.here || this.editor.open || !this.table.rows.length) return;
    event.preventDefault();
    const block = readBlock(event.clipboardData.getData("text/plain")), { top, bottom, left, right } = this.table.range();
    if (!block.length) return;
    const wide = Math.max(...block.map((row) => row.length)), tall = block.length;
    // One cell fills the whole selection, a block is repeated where the selection is a multiple of it.
    const down = (bottom - top + 1) % tall ? tall : bottom - top + 1, across = (right - left + 1) % wide ? wide : right - left + 1;
    this.help.grow(top, left, tall);
    const outside = Math.max(0, top + down - this.table.rows.length);
    const { rows, columns } = this.table, edits = [];
    for (let r = 0; r < down && rows[top + r]; r += 1) {
      for (let c = 0; c < across && columns[left + c]; c += 1) {
        const text = block[r % tall][c % wide];
        if (text !== undefined) edits.push([rows[top + r], columns[left + c], text]);
      }
    }
    const skipped = this.sheet.enter(edits);
    this.table.from = { r: top, c: left };
    this.table.go(Math.min(top + down, rows.length) - 1, Math.min(left + across, columns.length) - 1, { extend: true });
    this.tell(edits.length - skipped, skipped, `ditempel${outside ? `; ${outside} baris di luar tabel tidak ditempel` : ""}`);
  }

  press(event) {
    const spot = this.table.spot(event.target);
    if (!spot || event.button !== 0 || event.target.closest(".kisi-field")) return;
    event.preventDefault();
    this.editor.end(true);
    this.leaving = false;
    this.dragging = true;
    this.table.go(spot.r, spot.c, { extend: event.shiftKey });
  }

  drag(event) {
    const spot = this.dragging && event.buttons === 1 && this.table.spot(event.target);
    if (spot && !this.editor.open) this.table.go(spot.r, spot.c, { extend: true });
  }
}
