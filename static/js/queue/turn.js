// One tab at a time. Browsers give navigator.locks only to https and localhost; elsewhere a lease in the store does. Two tabs that send
// after all (a sleeping tab lets its lease lapse) send the same bytes under the same key, which the server counts once.
const LEASE = 10_000, BEAT = 3000;
const me = String(crypto.getRandomValues(new Uint32Array(2)));
const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));
let before = Promise.resolve();

const hold = (work) => {
  const { lease } = work.meta, now = Date.now();
  if (lease && lease.owner !== me && lease.until > now) return false;
  work.meta.lease = { owner: me, until: now + LEASE };
  work.renewed = true;
  return true;
};

const letGo = (work) => {
  if (work.meta.lease?.owner !== me) return;
  work.meta.lease = null;
  work.renewed = true;
};

const leased = async (change, run) => {
  while (!(await change(hold))) await sleep(1000);
  const beat = setInterval(() => change(hold), BEAT);
  try {
    await run();
  } finally {
    clearInterval(beat);
    await change(letGo);
  }
};

/** Run when no other tab does; `change` is null where there is no store to share. */
export const oneTab = (name, change, run) => {
  if (navigator.locks && change) return navigator.locks.request(name, run);
  before = before.then(() => (change ? leased(change, run) : run())).catch(() => {});
  return before;
};
