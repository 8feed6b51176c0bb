// Where the queue lives: one IndexedDB per person. `transact` gives all rows and batches to a function that changes them at once, in one
// transaction that no other tab can come between. Where the browser keeps nothing (`lasting` false), memory serves this page alone.

/** What one transaction sees and changes. */
export class Work {
  constructor(rows, batches, meta) {
    this.rows = new Map(rows.map((row) => [row.id, row]));
    this.batches = new Map(batches.map((batch) => [batch.key, batch]));
    this.meta = meta ?? { id: "meta", clock: 0, lease: null };
    this.meta.clock += 1;
    this.events = [];
    this.touched = new Map();
    this.renewed = false;
  }

  save(row) {
    this.rows.set(row.id, row);
    this.touched.set(row.id, row);
  }

  remove(id) {
    this.rows.delete(id);
    this.touched.set(id, null);
  }

  tell(row, state, result = null) {
    this.events.push({ kind: row.kind, code: row.code, state, result });
  }
}

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });

const openDatabase = (name) => {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("rows", { keyPath: "id" });
    request.result.createObjectStore("batches", { keyPath: "key" });
    request.result.createObjectStore("meta", { keyPath: "id" });
  };
  return asked(request);
};

const write = (tx, work, before) => {
  const rows = tx.objectStore("rows"), batches = tx.objectStore("batches");
  for (const [id, row] of work.touched) row ? rows.put(row) : rows.delete(id);
  for (const key of before) if (!work.batches.has(key)) batches.delete(key);
  for (const [key, batch] of work.batches) if (!before.has(key)) batches.put(batch);
  if (work.touched.size || work.renewed || before.size !== work.batches.size) tx.objectStore("meta").put(work.meta);
};

const inDatabase = (db, run) =>
  new Promise((resolve, reject) => {
    // Strict: what the page calls safe has reached the disk, not only the browser.
    const tx = db.transaction(["rows", "batches", "meta"], "readwrite", { durability: "strict" });
    const rows = tx.objectStore("rows").getAll(), batches = tx.objectStore("batches").getAll(), meta = tx.objectStore("meta").get("meta");
    let out, broken;
    meta.onsuccess = () => {
      try {
        const work = new Work(rows.result, batches.result, meta.result);
        out = { out: run(work), work };
        write(tx, work, new Set(batches.result.map((batch) => batch.key)));
        tx.commit?.();
      } catch (error) {
        broken = error;
        tx.abort();
      }
    };
    tx.oncomplete = () => resolve(out);
    tx.onabort = () => reject(broken ?? tx.error);
  });

/** The store of a person: `transact(run)` answers {out, work} once everything `run(work)` changed is kept. */
export const openStore = async (name) => {
  let db;
  const open = async () => {
    db = await openDatabase(name);
    db.onversionchange = db.onclose = () => {
      db?.close();
      db = null;
    };
  };
  try {
    await open();
  } catch {
    return inMemory();
  }
  const transact = async (run) => {
    if (!db) await open();
    return inDatabase(db, run);
  };
  return { lasting: true, transact };
};

const inMemory = () => {
  let rows = [], batches = [], meta = null;
  const transact = async (run) => {
    const work = new Work(structuredClone(rows), structuredClone(batches), structuredClone(meta));
    const out = run(work);
    [rows, batches, meta] = [[...work.rows.values()], [...work.batches.values()], work.meta];
    return { out, work };
  };
  return { lasting: false, transact };
};
