// The table on screen: only the rows in sight are in the page, the header and the first columns stay. Knows cells by row and column, a
// cell in hand and a selection; nothing of what the cells mean.
const SPARE = 8;
const between = (a, b) => [Math.min(a, b), Math.max(a, b)];

export class Table {
  /** `rowHtml(row, index)` draws a row; `moved()` hears that another cell is in hand. */
  constructor(stage, { label, columns, rowHtml, headHtml, headCss, moved }) {
    Object.assign(this, { columns, rowHtml, headHtml, headCss, moved, label, rows: [], at: { r: 0, c: 0 }, from: { r: 0, c: 0 }, first: 0, last: 0, held: null });
    this.height = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--kisi-row")) || 44;
    this.scroller = Object.assign(document.createElement("div"), { className: "kisi-wrap", tabIndex: -1 });
    this.element = document.createElement("table");
    this.element.className = "kisi";
    this.element.setAttribute("role", "grid");
    this.element.setAttribute("aria-label", label);
    this.element.setAttribute("aria-multiselectable", "true");
    this.element.innerHTML = `<colgroup>${"<col>".repeat(columns.length)}</colgroup><thead></thead><tbody role="presentation"><tr role="presentation"><td role="presentation"></td></tr></tbody><tbody class="kisi-rows"></tbody><tbody role="presentation"><tr role="presentation"><td role="presentation"></td></tr></tbody>`;
    [this.above, this.body, this.below] = this.element.tBodies;
    this.scroller.append(this.element);
    stage.append(this.scroller);
    this.scroller.addEventListener("scroll", () => (this.element.classList.toggle("aside", this.scroller.scrollLeft > 0), this.draw()), { passive: true });
    this.watch = new ResizeObserver(() => this.fit());
    this.watch.observe(this.scroller);
    this.size();
  }

  /** Widths, header and where each column begins. */
  size() {
    const narrow = innerWidth <= 640;
    let left = 0, fixed = 0;
    this.columns.forEach((column, c) => {
      if (column.fixed) column.fixed = narrow && c ? 0 : c + 1;
      column.w = narrow && column.fixed ? 150 : column.width;
      column.left = left;
      if (column.fixed) this.element.style.setProperty(`--fix${c + 1}`, `${left}px`);
      left += column.w;
      if (column.fixed) fixed = left;
      this.element.querySelectorAll("col")[c].style.width = `${column.w}px`;
    });
    this.fixed = fixed;
    this.element.style.width = `${left}px`;
    this.element.setAttribute("aria-colcount", this.columns.length);
    this.head();
  }

  head() {
    this.element.tHead.innerHTML = `<tr role="row" aria-rowindex="1">${this.columns.map((column, c) => `<th scope="col" role="columnheader" aria-colindex="${c + 1}" class="${this.headCss(column)}${column.fixed ? ` fix fix${column.fixed}` : ""}">${this.headHtml(column)}</th>`).join("")}</tr>`;
    this.top = this.element.tHead.offsetHeight;
  }

  /** Show these rows. */
  show(rows) {
    const kept = this.rows[this.at.r];
    this.rows = rows;
    const r = Math.max(0, kept ? rows.indexOf(kept) : 0);
    this.at = { r: Math.min(r, Math.max(0, rows.length - 1)), c: this.at.c };
    this.from = { ...this.at };
    this.element.setAttribute("aria-rowcount", rows.length + 1);
    this.first = this.last = 0;
    this.body.replaceChildren();
    this.fit();
  }

  fit() {
    if (!this.scroller.isConnected) return;
    this.top = this.element.tHead.offsetHeight;
    this.scroller.style.height = `${this.top + this.rows.length * this.height + 18}px`;
    this.draw(true);
  }

  draw(all = false) {
    const { scrollTop, clientHeight } = this.scroller, n = this.rows.length;
    const top = Math.min(n, Math.floor(scrollTop / this.height)), bottom = Math.min(n, Math.ceil((scrollTop + clientHeight) / this.height));
    // A row more at a time would lay the whole table out for each; nothing to do while what is in sight is there.
    if (!all && this.first <= Math.max(0, top - 1) && this.last >= Math.min(n, bottom + 1)) return;
    const first = Math.max(0, top - SPARE), last = Math.min(n, bottom + SPARE);
    const inside = this.body.contains(document.activeElement);
    if (all && this.first === first && this.last === last && this.body.rows.length === last - first) return;
    if (first >= this.last || last <= this.first) this.body.innerHTML = this.html(first, last);
    else {
      while (this.first < first) this.body.rows[0].remove(), (this.first += 1);
      while (this.last > last) this.body.rows[this.body.rows.length - 1].remove(), (this.last -= 1);
      if (first < this.first) this.body.insertAdjacentHTML("afterbegin", this.html(first, this.first));
      if (last > this.last) this.body.insertAdjacentHTML("beforeend", this.html(this.last, last));
    }
    [this.first, this.last] = [first, last];
    this.above.hidden = first === 0;
    this.below.hidden = last === n;
    this.above.rows[0].cells[0].style.height = `${first * this.height}px`;
    this.below.rows[0].cells[0].style.height = `${(n - last) * this.height}px`;
    this.paint();
    // The focus must stay in the table when the row in hand is scrolled away, and find its cell again when it comes back.
    if (inside && !this.body.contains(document.activeElement)) this.scroller.focus({ preventScroll: true });
    if (document.activeElement === this.scroller && !this.held) this.cell()?.focus({ preventScroll: true });
  }

  html(first, last) {
    let out = "";
    for (let r = first; r < last; r += 1) out += this.rowHtml(this.rows[r], r);
    return out;
  }

  /** The drawn row of an index, or nothing. */
  line(r) {
    return this.body.rows[r - this.first];
  }

  cell({ r, c } = this.at) {
    return r >= this.first && r < this.last ? this.line(r)?.cells[c] : undefined;
  }

  /** Draw a row anew; the one being typed into waits until that is over. */
  refresh(row, r = this.rows.indexOf(row)) {
    if (r < this.first || r >= this.last || this.held === row) return;
    const focused = this.line(r).contains(document.activeElement);
    this.line(r).outerHTML = this.rowHtml(row, r);
    if (r >= this.range().top && r <= this.range().bottom) this.paint();
    if (focused) this.cell()?.focus({ preventScroll: true });
  }

  /** Those of the rows that are in sight. */
  refreshAll(rows) {
    for (let r = this.first; r < this.last; r += 1) if (rows.has(this.rows[r])) this.refresh(this.rows[r], r);
  }

  range() {
    const [top, bottom] = between(this.at.r, this.from.r), [left, right] = between(this.at.c, this.from.c);
    return { top, bottom, left, right };
  }

  paint() {
    for (const cell of this.body.querySelectorAll(".on, .sel")) {
      cell.classList.remove("on", "sel");
      cell.tabIndex = -1;
      cell.removeAttribute("aria-selected");
    }
    const { top, bottom, left, right } = this.range();
    if (top !== bottom || left !== right) {
      for (let r = Math.max(top, this.first); r <= Math.min(bottom, this.last - 1); r += 1) {
        for (let c = left; c <= right; c += 1) {
          this.line(r).cells[c].classList.add("sel");
          this.line(r).cells[c].setAttribute("aria-selected", "true");
        }
      }
    }
    const cell = this.cell();
    cell?.classList.add("on");
    if (cell) cell.tabIndex = 0;
  }

  /** Take another cell in hand; `extend` keeps the other corner of the selection. */
  go(r, c, { extend = false, focus = true } = {}) {
    if (!this.rows.length) return;
    this.at = { r: Math.max(0, Math.min(this.rows.length - 1, r)), c: Math.max(0, Math.min(this.columns.length - 1, c)) };
    if (!extend) this.from = { ...this.at };
    this.reveal();
    this.draw();
    this.paint();
    if (focus) (this.cell() ?? this.scroller).focus({ preventScroll: true });
    this.moved();
  }

  reveal() {
    const { r, c } = this.at, { scroller, height, top } = this, y = r * height, column = this.columns[c];
    if (y < scroller.scrollTop) scroller.scrollTop = y;
    else if (top + y + height > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + y + height - scroller.clientHeight;
    if (column.fixed) return;
    if (column.left - this.fixed < scroller.scrollLeft) scroller.scrollLeft = column.left - this.fixed;
    else if (column.left + column.w > scroller.scrollLeft + scroller.clientWidth) scroller.scrollLeft = column.left + column.w - scroller.clientWidth;
  }

  /** Where a page event happened, or nothing. */
  spot(target) {
    const cell = target.closest?.("td, th"), line = cell?.parentElement;
    if (!line || line.parentElement !== this.body) return undefined;
    return { r: this.first + [...this.body.rows].indexOf(line), c: cell.cellIndex };
  }

  close() {
    this.watch.disconnect();
    this.scroller.remove();
  }
}
