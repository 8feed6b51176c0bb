// Texts of the grid: escaping, blocks of the clipboard, amounts in a unit, and the size of a number at a glance.
export const esc = (text) => String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

/** Rows of cells from what a spreadsheet put on the clipboard; quoted cells may hold tabs and line breaks. */
export const readBlock = (text) => {
  const rows = [[]], body = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const cell = /"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*)/y;
  for (let at = 0; at <= body.length; ) {
    cell.lastIndex = at;
    const [whole, quoted, plain] = cell.exec(body);
    rows.at(-1).push((quoted?.replaceAll('""', '"') ?? plain).replace(/\u00a0/g, " ").trim());
    at += whole.length;
    if (at >= body.length) break;
    if (body[at] === "\n") rows.push([]);
    at += 1;
    if (at === body.length && body[at - 1] === "\t") rows.at(-1).push("");
  }
  return rows;
};

export const writeBlock = (rows) => rows.map((row) => row.map((text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join("\t")).join("\n");

const ZEROS = { rp: 0, ribu: 3, juta: 6, miliar: 9, triliun: 12 };
const SHORT = { rb: "ribu", ribu: "ribu", jt: "juta", juta: "juta", m: "miliar", miliar: "miliar", milyar: "miliar", t: "triliun", triliun: "triliun", trilyun: "triliun", rupiah: "rp", "": "" };
const group = (digits) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ".");

/** Whole rupiah as the server writes them ("1.234.500.000"), in another unit to the rupiah ("1.234,5" juta). */
export const inUnit = (text, unit) => {
  const zeros = ZEROS[unit];
  if (!zeros || !text) return text;
  const digits = text.replace(/\./g, "").padStart(zeros + 1, "0"), rest = digits.slice(-zeros).replace(/0+$/, "");
  return group(digits.slice(0, -zeros)) + (rest && `,${rest}`);
};

/** An amount typed in a sheet of `unit`, with its unit in words where it names none: so it means the same on every sheet. */
export const withUnit = (text, unit) => (unit !== "rp" && /^[\d.,\s]+$/.test(text.trim()) && text.trim() ? `${text.trim()} ${unit}` : text);

/** Hundredths of what was typed, null where it is no plain number. */
const hundredths = (text, unit) => {
  const [, body, word] = /^\s*(?:rp\.?)?\s*([\d.,]+?)\s*([a-z]*)\.?\s*$/i.exec(text) ?? [];
  const name = SHORT[(word ?? "").toLowerCase()];
  if (!body || name === undefined || !/^(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$/.test(body)) return null;
  const [whole, part = ""] = body.replace(/\./g, "").split(","), zeros = ZEROS[name || unit] + 2;
  return BigInt(whole + part.padEnd(zeros, "0").slice(0, zeros));
};

/** "1,2 miliar", "180 juta": the size of a large number, '' for a small one or none. */
export const size = (text, unit = "rp") => {
  const n = hundredths(text, unit);
  if (n === null || n < 10_000_00n) return "";
  for (const name of ["ribu", "juta", "miliar", "triliun"]) {
    const factor = 10n ** BigInt(ZEROS[name]), short = (n + factor / 2n) / factor;
    if (short < 1000_00n || name === "triliun") {
      const digits = String(short).padStart(3, "0"), rest = digits.slice(-2).replace(/0+$/, "");
      return `${group(digits.slice(0, -2))}${rest && `,${rest}`} ${name}`;
    }
  }
};

export const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
export const cookie = (name) => document.cookie.split("; ").find((c) => c.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

/** An element with properties and content. */
export const make = (tag, props = {}, ...parts) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...parts);
  return element;
};
export const button = (text, onclick, css = "btn btn-small") => make("button", { type: "button", className: css, textContent: text, onclick });
