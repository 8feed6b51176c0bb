// Sends one batch after the other, one tab at a time. A batch stays until its answer has been read and applied; a lost answer means the
// same bytes again under the same key, and the server gives its first answer.
import { KINDS } from "./kinds.js";
import { MOST, nextBatch, readAnswer, unpack } from "./rules.js";
import { oneTab } from "./turn.js";

const FIRST_WAIT = 2000, LONGEST_WAIT = 60_000, PATIENCE = 30_000;
const key = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);

/** The answer to a batch; {status: 0} where none came, also where a hotel's login page or a broken proxy answered in our place. */
const post = async (batch, user) => {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": cookie("csrftoken") || "" };
  Object.assign(headers, { "Idempotency-Key": batch.key, "X-Person": user, "X-Speaker": batch.speaker });
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(KINDS[batch.kind].url, { method: "POST", headers, body: batch.body, signal: stop.signal });
    if (response.status >= 500) return { status: response.status };
    if (!/json/.test(response.headers.get("Content-Type") ?? "")) return { status: 0 };
    return { status: response.status, body: await response.json(), wait: Number(response.headers.get("Retry-After")) * 1000 };
  } catch {
    return { status: 0 };
  } finally {
    clearTimeout(timer);
  }
};

const answers = (batch, body) => {
  const codes = batch.ids.map((id) => id.slice(id.indexOf(" ") + 1));
  return Array.isArray(body.rows) && body.rows.length === codes.length && body.rows.every((row, place) => row.code === codes[place]);
};

// Why nothing is sent now. Those that pass by themselves are tried again; the others wait for a login or a click.
const STOPS = { other_person: "other", other_speaker: "speaker" };
const troubleOf = ({ status, body }) => {
  if (status === 401) return { name: "login", stop: true };
  if (STOPS[body?.code]) return { name: STOPS[body.code], stop: true };
  if (status === 403) return { name: "denied", stop: true, words: body.detail };
  return { name: status === 429 ? "busy" : status ? "server" : "link" };
};

/** `change(run)` is a transaction of the store, `said(trouble)` hears what is the matter (null: nothing), before a try and after it. */
export const makeSender = ({ change, user, speaker, said, started, settle, lasting }) => {
  let limit = MOST, wake = () => {}, tried = 0, queued = false;

  const take = async (batch) => {
    const reply = await post(batch, user);
    const { status, body } = reply;
    if (body && (status === 200 || status === 409) && answers(batch, body)) {
      await change((work) => readAnswer(work, batch, body.rows));
      limit = MOST;
    } else if (body?.code === "key_reused") {
      await change((work) => unpack(work, batch));
    } else if ([400, 413, 422].includes(status)) {
      // One row that cannot be read spoils its batch: halves find it, and it alone is refused.
      const alone = batch.ids.length === 1;
      limit = alone ? MOST : Math.ceil(batch.ids.length / 2);
      await change((work) => unpack(work, batch, alone ? body.detail : ""));
    } else return { ...troubleOf(reply), wait: reply.wait };
    return null;
  };

  const drain = async () => {
    for (let tries = 0; ; ) {
      const batch = await change((work) => nextBatch(work, { limit, speaker, key: key() }));
      if (!batch) return said(null);
      if (!tries) started(batch);
      tried = Date.now();
      const trouble = await take(batch);
      said(trouble);
      tries = trouble ? tries + 1 : 0;
      if (trouble?.stop) return;
      if (trouble) await pause(trouble.wait || Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1)) * (0.75 + Math.random() / 2));
    }
  };

  const pause = (time) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, time);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  return {
    /** Stand in line to send; this tab stands there at most once beside sending. */
    async run() {
      if (queued) return;
      queued = true;
      await oneTab(`antrean-${user}`, lasting ? change : null, async () => {
        queued = false;
        await drain();
        settle();
      });
    },
    /** Cut a pause short; typing does so only when the last try is some seconds old. */
    hurry(typing = false) {
      if (!typing || Date.now() - tried > FIRST_WAIT) wake();
    },
  };
};
