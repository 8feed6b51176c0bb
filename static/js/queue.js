// Sends what was typed in batches and tells what became of each row. Keeps it in this page only.
const user = document.body.dataset.user, listeners = new Set(), rows = new Map(), MOST = 500;
const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
const id = (kind, code) => `${kind} ${code}`;
const tell = (row, state, result = null) => listeners.forEach((listener) => listener({ kind: row.kind, code: row.code, state, result, entry: rows.get(id(row.kind, row.code)) ?? null }));
const KINDS = {
  butir: ["/api/v1/simpan/", ({ code, version, flight, dot }) => ({ code, version, changes: flight, dot })],
  dukungan: ["/api/v1/sub-kegiatan/simpan/", ({ code, version, flight: { hapus, ...changes } }) => {
    const [item, nomenclature, opd] = code.split("|");
    return { item, nomenclature, opd, version, changes, delete: Boolean(hapus) };
  }],
};
let busy = false;

const took = (row, result) => {
  const key = id(row.kind, row.code), sent = row.flight, ok = result.status === "saved" || result.status === "same";
  row.flight = null;
  if (ok && !Object.keys(row.changes).length) rows.delete(key);
  if (ok) row.version = result.version;
  else row.changes = { ...sent, ...row.changes }, (row.state = result.status), (row.result = result);
  tell(row, result.status, { ...result, sent });
};

const send = async () => {
  if (busy) return;
  busy = true;
  for (let batch; (batch = [...rows.values()].filter((row) => row.state === "waiting" && Object.keys(row.changes).length)).length; ) {
    batch = batch.filter((row) => row.kind === batch[0].kind).slice(0, MOST);
    const [url, body] = KINDS[batch[0].kind];
    batch.forEach((row) => ((row.flight = row.changes), (row.changes = {}), tell(row, "sending")));
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": cookie("csrftoken"), "X-Person": user, "Idempotency-Key": crypto.randomUUID() };
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify({ rows: batch.map(body) }) }).then((reply) => reply.json(), () => ({ detail: "Sambungan terputus." }));
    const moved = new Map();
    batch.forEach((row, place) => {
      const result = answer.rows?.[place] ?? { status: "refused", message: answer.detail };
      if (result.status === "saved") moved.set(row.code.split("|")[0], [row.version, result.version]);
      took(row, result);
    });
    for (const row of rows.values()) {
      const [seen, now] = moved.get(row.code.split("|")[0]) ?? [];
      if (row.version === seen) row.version = now;
    }
  }
  busy = false;
};

export const queue = {
  ready: Promise.resolve(),
  put(kind, edit) {
    const key = id(kind, edit.code), row = rows.get(key) ?? { kind, flight: null, ...edit, changes: {} };
    Object.assign(row, { changes: { ...row.changes, ...edit.changes }, state: "waiting", dot: edit.dot ?? "ask" });
    rows.set(key, row);
    tell(row, "waiting");
    setTimeout(send);
  },
  subscribe: (listener) => listeners.add(listener),
  entries: () => [...rows.values()],
  pending: (kind, code) => rows.get(id(kind, code)) ?? null,
  drop(kind, code, field) {
    const row = rows.get(id(kind, code));
    if (!row) return;
    if (field) delete row.changes[field];
    if (!field || !Object.keys(row.changes).length) rows.delete(id(kind, code)), tell(row, "dropped");
  },
  resolve(kind, code, choice) {
    const row = rows.get(id(kind, code));
    row.version = row.result.details.theirs.version;
    if (choice === "theirs") return queue.drop(kind, code);
    return queue.put(kind, row);
  },
  answer(dot) {
    for (const row of rows.values()) if (row.state === "ask") Object.assign(row, { state: "waiting", dot });
    send();
  },
  flush: send,
};
