// What the queue does with typed rows, pure: putting, packing, reading answers, settling. A row is one (kind, code): `changes` waits,
// `flight` is under way in a batch whose answer has not been read. Versions belong to the item, which several rows may share.
import { KINDS, alike, conflicting, says, theirsOf } from "./kinds.js";

export const MOST = 500;
export const idOf = (kind, code) => `${kind} ${code}`;
const rowsOf = (work, batch) => batch.ids.map((id) => work.rows.get(id)).filter((row) => row?.flight?.key === batch.key);

const fresh = (kind, edit, context) => ({
  id: idOf(kind, edit.code), kind, code: edit.code, item: edit.code.split("|")[0], version: edit.version, changes: {}, base: {},
  dot: "ask", state: "waiting", result: null, flight: null, ...context,
});

/** Keep an edit. What was seen first stays the base: only then does somebody else's change in between come to light. */
export const put = (work, kind, edit, context) => {
  const row = work.rows.get(idOf(kind, edit.code)) ?? fresh(kind, edit, context);
  const clash = row.state === "conflict" && row.result.details.theirs.version;
  // Typed again by somebody who sees what the other wrote: a choice, for the fields typed.
  const knows = clash && edit.version >= clash;
  if (!says(row)) row.seq = work.meta.clock + work.touched.size / 1e6;
  const held = { ...row.flight?.changes, ...row.changes };
  for (const field of Object.keys(edit.changes)) if (knows || !(field in held)) row.base[field] = edit.base?.[field];
  row.version = Math.min(row.version, edit.version);
  Object.assign(row.changes, edit.changes);
  const known = knows && !conflicting(row).some((field) => !(field in edit.changes));
  if (known) row.version = clash;
  Object.assign(row, { dot: edit.dot ?? "ask", at: context.at, speaker: context.speaker, as: context.as });
  for (const name of ["label", "place", "link"]) row[name] = edit[name] || row[name];
  if (row.state !== "conflict" || known) Object.assign(row, { state: "waiting", result: null });
  keep(work, row);
};

/** Save a row, without the fields that were typed back to what stands there; one without any is gone. */
const keep = (work, row) => {
  if (row.state === "waiting" && !row.flight) {
    for (const field of Object.keys(row.changes)) if (row.base[field] !== undefined && alike(row.changes[field], row.base[field])) delete row.changes[field];
  }
  if (says(row) || row.flight) {
    work.save(row);
    work.tell(row, row.state, row.result);
  } else {
    work.remove(row.id);
    work.tell(row, "dropped");
  }
};

/** The batch to send now: one that was packed before, under its key and to the letter, else a new one of what waits, in order. */
export const nextBatch = (work, { limit, speaker, key }) => {
  for (const batch of work.batches.values()) if (batch.speaker === speaker) return batch;
  const waiting = [...work.rows.values()].filter((row) => row.state === "waiting" && !row.flight && row.speaker === speaker).sort((a, b) => a.seq - b.seq);
  if (!waiting.length) return null;
  const kind = waiting[0].kind, seen = new Map(), picked = [];
  for (const row of waiting) {
    // Rows of one item go together only if they were seen at one version; another kind of row waits for its turn.
    if (!seen.has(row.item)) seen.set(row.item, row.kind === kind ? row.version : null);
    if (row.kind === kind && seen.get(row.item) === row.version && picked.length < limit) picked.push(row);
  }
  const batch = { key, kind, speaker, ids: picked.map((row) => row.id), body: JSON.stringify({ rows: picked.map(KINDS[kind].row) }) };
  for (const row of picked) {
    row.flight = { key, version: row.version, changes: row.changes };
    row.changes = {};
    work.save(row);
  }
  work.batches.set(key, batch);
  return batch;
};

/** Read the answer: what was saved goes, what was not stays with its reason. A batch whose answer was read elsewhere is no news. */
export const readAnswer = (work, batch, answer) => {
  if (!work.batches.delete(batch.key)) return;
  const moved = new Map();
  const results = new Map(batch.ids.map((id, place) => [id, answer[place]]));
  for (const row of rowsOf(work, batch)) {
    // `from` is the version our save started from: only what was seen at that one is as new as the answer.
    const result = { ...results.get(row.id), sent: row.flight.changes, from: row.flight.version };
    if (result.status === "saved") moved.set(row.item, [row.flight.version, result.version]);
    if (result.status === "saved" || result.status === "same") stands(work, row, result);
    else stays(work, row, result);
  }
  for (const row of work.rows.values()) {
    const [seen, now] = moved.get(row.item) ?? [];
    if (row.version !== seen || row.flight) continue;
    row.version = now;
    work.save(row);
  }
};

const stands = (work, row, result) => {
  const sent = row.flight.changes;
  row.flight = null;
  for (const field of Object.keys(sent)) row.base[field] = result.shown?.[field] ?? sent[field];
  work.tell(row, result.status, result);
  if (says(row)) keep(work, row);
  else work.remove(row.id);
};

const stays = (work, row, result) => {
  const typedSince = says(row);
  row.changes = { ...row.flight.changes, ...row.changes };
  Object.assign(row, { flight: null, result, state: result.status });
  const theirs = result.details?.theirs;
  if (result.status === "conflict" && theirs && !conflicting(row).length) {
    Object.assign(row, { version: theirs.version, state: "waiting", result: null });
  } else if (result.status !== "conflict" && typedSince) {
    // The refusal was of what stood there before.
    Object.assign(row, { state: "waiting", result: null });
  }
  work.save(row);
  work.tell(row, row.state, row.result);
};

/** Take a batch apart that the server never took: its rows wait again, or are refused in `words`. */
export const unpack = (work, batch, words = "") => {
  if (!work.batches.delete(batch.key)) return;
  for (const row of rowsOf(work, batch)) {
    row.changes = { ...row.flight.changes, ...row.changes };
    row.flight = null;
    if (words) Object.assign(row, { state: "refused", result: { status: "refused", message: words } });
    work.save(row);
    if (words) work.tell(row, "refused", row.result);
  }
};

/** Settle a conflict: `mine` knowingly over what stands there, `theirs` gives up the fields that met. */
export const resolve = (work, id, choice) => {
  const row = work.rows.get(id);
  if (row?.state !== "conflict") return;
  const { theirs } = row.result.details;
  for (const field of conflicting(row)) {
    if (field === "hapus" && choice === "mine") continue;
    if (choice === "mine") row.base[field] = theirsOf(row, field) ?? "";
    else delete row.changes[field];
  }
  Object.assign(row, { version: theirs.version, state: "waiting", result: null });
  keep(work, row);
};

/** Send what was refused once more as it is. */
export const retry = (work, id) => {
  const row = work.rows.get(id);
  if (row?.state !== "refused") return;
  Object.assign(row, { state: "waiting", result: null });
  keep(work, row);
};

/** The one answer to what a dot means. */
export const answer = (work, dot, ids) => {
  for (const row of work.rows.values()) {
    if (row.state !== "ask" || (ids && !ids.includes(row.id))) continue;
    Object.assign(row, { dot, state: "waiting", result: null });
    keep(work, row);
  }
};

/** Throw away what waits of a row, or one field of it. What is under way can no longer be called back. */
export const drop = (work, id, field) => {
  const row = work.rows.get(id);
  if (!row) return;
  if (field) delete row.changes[field];
  else row.changes = {};
  // What is left of a refused row may well be right.
  if (row.state === "refused" && field) Object.assign(row, { state: "waiting", result: null });
  if (row.state === "conflict" && !conflicting(row).length) row.version = row.result.details.theirs.version;
  if (!says(row) || (row.state === "conflict" && !conflicting(row).length)) Object.assign(row, { state: "waiting", result: null });
  keep(work, row);
};

/** Throw away everything, also what is under way. */
export const clear = (work) => {
  for (const row of [...work.rows.values()]) {
    work.remove(row.id);
    work.tell(row, "dropped");
  }
  work.batches.clear();
};
