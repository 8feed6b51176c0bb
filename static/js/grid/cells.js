// How cells look: the text, and below it in small words what is to be known of it; a state is always word, icon and tone.
import { esc, size } from "./words.js";

export const SAVE = {
  waiting: ["◌", "menunggu", "kuning"], sending: ["◌", "menyimpan…", "netral"], saved: ["✓", "tersimpan", "hijau"], same: ["✓", "tersimpan", "hijau"],
  conflict: ["⇄", "bentrok", "kuning"], refused: ["✕", "ditolak", "merah"], ask: ["?", "titik?", "kuning"],
};
const HELD = ["◌", "tertahan"];
const badge = ([icon, word, tone]) => `<span class="badge tone-${tone}"><span aria-hidden="true">${icon}</span> ${esc(word)}</span>`;
const small = (text, css = "") => (text ? `<small${css && ` class="${css}"`}>${esc(text)}</small>` : "");

/** What stands below a cell that takes typing: the trouble with it, else the size of a large number. */
const below = (sheet, row, column, text) => {
  if (row.errors[column.key]) return ["✕ ditolak", "merah"];
  if (column.key in row.typed && (row.save === "conflict" || row.save === "ask")) return [SAVE[row.save].slice(0, 2).join(" "), "kuning"];
  const large = column.type === "money" || column.type === "value" ? size(text, column.type === "money" ? sheet.unit : "rp") : "";
  if (column.key === "value" && row.warnings.length) return [large ? `⚠ periksa: ${large}` : "⚠ periksa", "kuning"];
  // One refused cell holds back its row: the others wait with it.
  const mark = column.key in row.typed ? (row.save === "refused" || !row.save ? HELD : SAVE[row.save]) : row.kept?.has(column.key) ? SAVE.saved : null;
  return [mark ? `${mark[0]} ${large || mark[1]}` : large, ""];
};

const state = (row) => {
  const now = SAVE[row.save];
  return `<span class="badge tone-${row.tone}">${esc(row.label)}</span>${now ? badge(now) : small(row.marks)}`;
};

const LEFT = new Set(["name", "text", "note", "kode", "opd", "places", "state"]);
/** Texts stand left, numbers right. */
export const side = (column) => (LEFT.has(column.type) ? "t" : "n");

const fixed = (column) => (column.fixed ? ` fix fix${column.fixed}` : "");

// Numbers stand bare: an element around each would cost as much as the rest of the row.
// A text gives its second line to the words below it: every row has one height.
const main = (column, text, words) => (side(column) === "n" ? esc(text) : `<span class="v${words ? " one" : ""}">${esc(text)}</span>`);

const cellHtml = (sheet, row, column, c) => {
  const text = column.type === "state" ? "" : sheet.shownText(row, column), edit = sheet.canEdit(row, column);
  let css = side(column), inner, attributes = "";
  if (column.type === "state") {
    inner = state(row);
    css = "t s";
  } else if (column.edit) {
    const [words, tone] = below(sheet, row, column, text);
    inner = main(column, text, words) + small(words, tone && `tone-${tone}`);
    if (tone) css += ` bad tone-${tone}`;
    else if (column.key in row.typed) css += " typed";
    if (row.errors[column.key]) attributes = ' aria-invalid="true"';
  } else {
    const [first, mark] = text.split("\n");
    inner = main(column, first, mark) + small(mark);
  }
  if (edit) css += " e";
  else attributes += ' aria-readonly="true"';
  if (column.strong) css += " strong";
  const tag = column.type === "name" ? `th role="rowheader" scope="row"` : 'td role="gridcell"';
  return `<${tag} class="${css}${fixed(column)}" tabindex="-1" aria-colindex="${c + 1}"${attributes}>${inner}</${tag.slice(0, 2)}>`;
};

export const rowHtml = (sheet, row, r) =>
  `<tr role="row" aria-rowindex="${r + 2}"${row.leaving ? ' class="leaving"' : ""}>${sheet.columns.map((column, c) => cellHtml(sheet, row, column, c)).join("")}</tr>`;

export const headHtml = (sheet, column) => {
  const unit = column.type === "money" || column.type === "total" ? (sheet.unit === "rp" || column.type === "total" ? "Rp" : `Rp ${sheet.unit}`) : column.sub;
  return `<span${column.name ? ` title="${esc(column.name)}"` : ""}>${esc(column.title)}</span>${unit ? `<span class="unit">${esc(unit)}</span>` : ""}`;
};
