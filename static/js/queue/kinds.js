// The two batches of the server: where each goes and how a row of the queue is written in it.
const supportRow = (row) => {
  const [item, nomenclature, opd] = row.code.split("|");
  const { hapus, ...changes } = row.changes;
  return { item, nomenclature, opd, version: row.version, changes, dot: row.dot, ...(hapus ? { delete: true } : {}) };
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

/** What stood there when the row was seen: as the page showed it, else as the server remembers. */
export const baseOf = (row, field) => row.base[field] ?? read(row.result?.details?.base, field);

/** Whether two texts of a field say the same. */
export const alike = (a, b) => String(a ?? "").trim() === String(b ?? "").trim();

/** The fields in which somebody else's change meets this one. */
export const conflicting = (row) => Object.keys(row.changes).filter((field) => row.base[field] === undefined || !alike(theirsOf(row, field), row.base[field]));
