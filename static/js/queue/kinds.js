// The two batches of the server: where each goes and how a row of the queue is written in it. A sub kegiatan is removed by the field
// `hapus`; `unit` only says how the amounts beside it are written.
const supportRow = (row) => {
  const [item, nomenclature, opd] = row.code.split("|");
  const { hapus, ...changes } = row.changes;
  return { item, nomenclature, opd, version: row.version, changes, ...(hapus ? { delete: true } : {}) };
};

export const KINDS = {
  butir: { url: "/api/v1/simpan/", row: (row) => ({ code: row.code, version: row.version, changes: row.changes, dot: row.dot }) },
  dukungan: { url: "/api/v1/sub-kegiatan/simpan/", row: supportRow },
};

// The server's name of a field where it differs from the name under which it is typed.
const AT_SERVER = { value: "value_proposed" };
const read = (facts, field) => facts?.[AT_SERVER[field] ?? field] ?? facts?.[field];

/** What stands at the server in a field of a row in conflict, undefined where the server did not say. */
export const theirsOf = (row, field) => read(row.result?.details?.theirs, field);

/** What stood there when the row was seen: as the page showed it, else as the server remembers, which leaves out what was empty. */
export const baseOf = (row, field) => row.base[field] ?? (row.result?.details?.base ? (read(row.result.details.base, field) ?? "") : undefined);

/** Whether two texts of a field say the same. */
export const alike = (a, b) => String(a ?? "").trim() === String(b ?? "").trim();

const said = (row) => Object.keys(row.changes).filter((field) => field !== "unit");

/** Whether a row says anything. */
export const says = (row) => said(row).length > 0;

/** The fields in which somebody else's change meets this one; to remove what was changed meanwhile always is one. */
export const conflicting = (row) => said(row).filter((field) => field === "hapus" || baseOf(row, field) === undefined || !alike(theirsOf(row, field), baseOf(row, field)));
