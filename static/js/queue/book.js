// What every open page knows of the queue: a mirror of the store, kept up by what this tab does and by what the others tell.
import { idOf } from "./rules.js";
import { openStore } from "./store.js";

export const { user, speaker = "", as = "" } = document.body.dataset;
export const listeners = new Set(), mirror = new Map(), waiters = new Set();
const name = `antrean-${user}`, news = new Map(), channel = new BroadcastChannel(name);
let hurried = () => {};

/** How the last try went and whether the store outlives this page. */
export const state = { trouble: null, lasting: true };

/** A row as pages see it: one text a field, whether it waits or is under way. */
export const view = (row, under) => ({ ...row, state: row.flight && under ? "sending" : row.state, changes: { ...row.flight?.changes, ...row.changes } });
/** Whether nothing waits for the server. */
export const idle = () => ![...mirror.values()].some((row) => row.flight || row.state === "waiting");
/** Whoever waits for the sending may go on. */
export const settle = () => waiters.forEach((resolve) => resolve(waiters.delete(resolve)));

const count = (rows) => {
  const counts = { waiting: 0, conflict: 0, refused: 0, ask: 0 };
  for (const row of rows) counts[row.flight ? "waiting" : row.state] += 1;
  return counts;
};

// The count beside the store is all that other pages read: where it is missing nothing waits and nothing is opened.
export const hint = (rows) => {
  const counts = count(rows);
  if (Object.values(counts).some(Boolean)) localStorage.setItem(`antrean:${user}`, JSON.stringify(counts));
  else localStorage.removeItem(`antrean:${user}`);
};

/** Before the store is reached: a page opened meanwhile must look. */
export const foretell = () => localStorage.getItem(`antrean:${user}`) ?? localStorage.setItem(`antrean:${user}`, '{"waiting":1}');

/** Take what a transaction of this or another tab did, unless something newer of the same row is known. */
const hear = ({ clock, touched, events }) => {
  for (const [id, row] of touched) {
    if ((news.get(id) ?? 0) > clock) continue;
    news.set(id, clock);
    if (row) mirror.set(id, row);
    else mirror.delete(id);
  }
  tell(events);
  if (idle()) settle();
};

const tell = (events) => {
  for (const event of events) {
    const row = mirror.get(idOf(event.kind, event.code));
    for (const listener of listeners) listener({ ...event, entry: row ? view(row, event.state === "sending") : null });
  }
  const saved = events.filter((event) => event.state === "saved").length;
  document.dispatchEvent(new CustomEvent("antrean", { detail: { counts: count(mirror.values()), trouble: state.trouble, saved } }));
};

/** How the last try of any tab went: null for well. */
const hearTrouble = (now) => {
  const waiting = now && now.name !== state.trouble?.name ? [...mirror.values()].filter((row) => row.flight || row.state === "waiting") : [];
  state.trouble = now;
  tell(waiting.map(({ kind, code }) => ({ kind, code, state: "waiting", result: null })));
  if (now || idle()) settle();
};

/** One transaction of the store, told to every page. */
export const change = async (run) => {
  const { out, work } = await (await opening).transact(run);
  if (!work.touched.size && !work.events.length) return out;
  hint(work.rows.values());
  const done = { clock: work.meta.clock, touched: [...work.touched], events: work.events };
  channel.postMessage({ done });
  hear(done);
  return out;
};

/** Every page hears how a try went. */
export const said = (now) => {
  channel.postMessage({ trouble: now });
  hearTrouble(now);
};

/** Every page hears that a batch is on its way. */
export const started = (batch) => {
  const ids = state.trouble ? [] : batch.ids.filter((id) => mirror.has(id));
  const events = ids.map((id) => ({ kind: mirror.get(id).kind, code: mirror.get(id).code, state: "sending", result: null }));
  channel.postMessage({ done: { clock: 0, touched: [], events } });
  tell(events);
};

/** Cut short the pause of whichever tab sends. */
export const hurry = (typing) => channel.postMessage({ hurry: typing });

channel.onmessage = ({ data }) => {
  if (data.done) hear(data.done);
  else if ("trouble" in data) hearTrouble(data.trouble);
  else hurried(data.hurry);
};

const opening = user ? openStore(name) : null;

/** The store, once it is open; `onHurry` hears the other tabs' haste. */
export const opened = async (onHurry) => {
  hurried = onHurry;
  state.lasting = (await opening).lasting;
  return state;
};
