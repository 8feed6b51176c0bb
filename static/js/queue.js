// The queue of what was typed and not yet taken by the server: kept on this computer per person, sent by itself, read by every page (decision 0029).
import { as, change, foretell, hint, hurry, idle, listeners, mirror, opened, said, settle, speaker, started, state, user, view, waiters } from "./queue/book.js";
import { adopt } from "./queue/old.js";
import * as rules from "./queue/rules.js";
import { makeSender } from "./queue/sender.js";

let typed = [], kept = null, soon = false, sender = null;
const send = (typing = false) => {
  // Under the login of somebody else nothing leaves; a page of the owner lifts this when it has sent.
  if (!sender || state.trouble?.name === "other") return settle();
  sender.hurry(typing);
  hurry(typing);
  sender.run().catch(() => {});
};

addEventListener("online", () => send());
document.addEventListener("visibilitychange", () => !document.hidden && mirror.size && send());
addEventListener("beforeunload", (event) => !state.lasting && mirror.size && event.preventDefault());

const load = async () => {
  const { lasting } = await opened((typing) => sender?.hurry(typing));
  sender = makeSender({ change, user, speaker, said, started, lasting, settle });
  const taken = await change((work) => {
    const slots = adopt(work, user);
    for (const row of work.rows.values()) mirror.set(row.id, row);
    return slots;
  });
  taken.forEach((slot) => localStorage.removeItem(slot));
  hint(mirror.values());
  if (mirror.size) send();
};

const keepTyped = async () => {
  const edits = typed;
  [typed, soon] = [[], false];
  await change((work) => edits.forEach(([kind, edit, context]) => rules.put(work, kind, edit, context))).catch((error) => {
    typed = [...edits, ...typed];
    throw error;
  });
  send(true);
};

const act = async (run) => {
  await queue.ready;
  await change(run);
  send();
};

export const queue = {
  /** Keep an edit and send it; settles once it is safe on this computer. Edits of one turn are kept together. */
  put(kind, edit) {
    typed.push([kind, { link: location.pathname, ...edit }, { at: Date.now(), speaker, as }]);
    if (!soon) kept = queue.ready.then(keepTyped);
    soon = true;
    foretell();
    return kept;
  },
  /** Hear {kind, code, state, result, entry}: waiting, sending, saved, same, conflict, refused, ask, dropped; `entry` is null once nothing is left. */
  subscribe: (listener) => listeners.add(listener),
  entries: () => [...mirror.values()].map((row) => view(row, false)).sort((a, b) => a.seq - b.seq),
  pending: (kind, code) => (mirror.has(rules.idOf(kind, code)) ? view(mirror.get(rules.idOf(kind, code)), false) : null),
  drop: (kind, code, field) => act((work) => rules.drop(work, rules.idOf(kind, code), field)),
  resolve: (kind, code, choice) => act((work) => rules.resolve(work, rules.idOf(kind, code), choice)),
  retry: (kind, code) => act((work) => rules.retry(work, rules.idOf(kind, code))),
  /** What a dot means in every row that asks, or in those of `codes`. */
  answer: (dot, kind, codes) => act((work) => rules.answer(work, dot, codes?.map((code) => rules.idOf(kind, code)))),
  clear: () => act(rules.clear),
  /** Send now; settles when nothing waits any more, or with the trouble that keeps it waiting. */
  async flush() {
    await queue.ready;
    if (idle()) return null;
    const done = new Promise((resolve) => waiters.add(resolve));
    send();
    await done;
    return state.trouble;
  },
  /** {trouble, lasting}: why nothing is sent now (null: nothing is the matter), and whether the queue outlives this page. */
  state,
  ready: user ? load() : Promise.resolve(),
};
