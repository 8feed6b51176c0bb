// The rules of the queue against a model of the server, by chance but repeatably: `run(seed)` plays 400 steps of one person, another one,
// a link that loses requests and answers, and tabs that close, and answers what went wrong.
async (seeds) => {
  const rules = await import("/static/js/queue/rules.js");
  const { Work } = await import("/static/js/queue/store.js");
  const { conflicting } = await import("/static/js/queue/kinds.js");
  const ROWS = ["butir A", "butir B", "dukungan A|1.03|opd:1", "dukungan A|1.04|opd:1"];
  const FIELDS = { butir: ["value", "proposal_note"], dukungan: ["volume", "places"] };
  const itemOf = (id) => id.split(" ")[1].split("|")[0], kindOf = (id) => id.split(" ")[0];

  const play = (seed) => {
    let state = seed * 2654435761 % 4294967296;
    const chance = () => (state = (state * 1664525 + 1013904223) % 4294967296) / 4294967296;
    const pick = (list) => list[Math.floor(chance() * list.length)];
    const wrong = [], tally = { saved: 0, same: 0, conflict: 0, replayed: 0 };
    const server = { version: { A: 1, B: 1 }, rows: Object.fromEntries(ROWS.map((id) => [id, Object.fromEntries(FIELDS[kindOf(id)].map((field) => [field, ""]))])), keys: new Map() };
    let kept = { rows: [], batches: [], meta: null }, page = null, number = 0;
    // A page knows each row at a version of its own: that another row of the item was saved says nothing of what stands in this one.
    const look = () => structuredClone({ version: Object.fromEntries(ROWS.map((id) => [id, server.version[itemOf(id)]])), rows: server.rows });
    page = look();
    const owed = new Map(), bytes = new Map();

    // Every transaction reads what the one before wrote: a closed tab loses nothing but its page.
    const change = (act) => {
      const work = new Work(structuredClone(kept.rows), structuredClone(kept.batches), structuredClone(kept.meta));
      const out = act(work);
      kept = structuredClone({ rows: [...work.rows.values()], batches: [...work.batches.values()], meta: work.meta });
      for (const event of work.events) heard(event);
      return out;
    };
    const heard = ({ kind, code, state: now, result }) => {
      const id = rules.idOf(kind, code);
      if (now in tally) tally[now] += 1;
      if (now !== "saved" && now !== "same") return;
      // A first answer given again may be older than a page that was opened since.
      if (result.version >= page.version[id]) (page.version[id] = result.version), Object.assign(page.rows[id], result.shown);
      for (const field of Object.keys(result.sent)) if (owed.get(`${id}/${field}`) === result.sent[field]) owed.delete(`${id}/${field}`);
    };

    const serve = (batch) => {
      if ((bytes.get(batch.key) ?? batch.body) !== batch.body) wrong.push(`other bytes under the key ${batch.key}`);
      bytes.set(batch.key, batch.body);
      if (server.keys.has(batch.key)) return (tally.replayed += 1), server.keys.get(batch.key);
      const raised = new Map();
      const answer = JSON.parse(batch.body).rows.map((row, place) => {
        const id = batch.ids[place], item = itemOf(id), code = id.slice(id.indexOf(" ") + 1), there = server.rows[id];
        const wanted = Object.entries(row.changes).filter(([field, text]) => there[field] !== text);
        const theirs = { ...there, value_proposed: there.value, version: server.version[item], by: null };
        if (!wanted.length) return { code, status: "same", version: raised.get(item) ?? server.version[item], shown: { ...there }, details: {} };
        if (row.version !== server.version[item] && raised.get(item) === undefined) return { code, status: "conflict", version: server.version[item], details: { theirs, base: {} }, shown: {} };
        if (row.version !== (raised.has(item) ? server.version[item] - 1 : server.version[item])) return wrong.push("two versions of one item in a batch"), {};
        const base = kept.rows.find((each) => each.id === id).base;
        for (const [field, text] of wanted) {
          if (there[field] !== base[field]) wrong.push(`${id} ${field}: ${there[field]} was overwritten unseen (seen: ${base[field]})`);
          there[field] = text;
        }
        if (!raised.has(item)) raised.set(item, (server.version[item] += 1));
        return { code, status: "saved", version: server.version[item], shown: { ...there }, details: {} };
      });
      server.keys.set(batch.key, answer);
      return answer;
    };

    const send = (luck) => {
      const batch = change((work) => rules.nextBatch(work, { limit: 1 + Math.floor(chance() * 4), speaker: "me", key: `k${(number += 1)}` }));
      if (!batch || luck < 0.25) return batch;
      const answer = serve(batch);
      if (luck >= 0.5) change((work) => rules.readAnswer(work, batch, structuredClone(answer)));
      return batch;
    };
    const type = () => {
      const id = pick(ROWS), field = pick(FIELDS[kindOf(id)]), text = pick(["", "1", "2", "3"]), seen = page.rows[id][field];
      const edit = { code: id.slice(id.indexOf(" ") + 1), version: page.version[id], changes: { [field]: text }, base: { [field]: seen } };
      owed.set(`${id}/${field}`, text);
      change((work) => rules.put(work, kindOf(id), edit, { at: 0, speaker: "me", as: "" }));
    };
    const other = () => {
      const id = pick(ROWS);
      server.rows[id][pick(FIELDS[kindOf(id)])] = pick(["1", "2", "7", "8"]);
      server.version[itemOf(id)] += 1;
    };
    const settle = (choice) => {
      const row = kept.rows.find((each) => each.state === "conflict" && !each.flight);
      if (!row) return false;
      if (choice === "theirs") for (const field of conflicting(row)) owed.delete(`${row.id}/${field}`);
      change((work) => rules.resolve(work, row.id, choice));
      return true;
    };
    const nothingLost = (step) => {
      for (const [name, text] of owed) {
        const [id, field] = name.split("/"), row = kept.rows.find((each) => each.id === id), there = { ...row?.flight?.changes, ...row?.changes };
        if (field in there && there[field] === text) continue;
        // Typed back to what stood there when it was seen: there is nothing to say.
        if (!(field in there)) owed.delete(name);
        else wrong.push(`step ${step}: ${name} should wait as ${text} and is ${there[field]}`);
      }
    };
    for (let step = 0; step < 400 && !wrong.length; step += 1) {
      const luck = chance();
      if (luck < 0.4) type();
      else if (luck < 0.5) other();
      else if (luck < 0.55) page = look();
      else if (luck < 0.6) settle(pick(["mine", "theirs"]));
      else send(chance());
      nothingLost(step);
    }
    for (let rest = 0; (send(1) || settle("mine")) && rest < 200; rest += 1);
    nothingLost("at the end");
    if (kept.rows.length || kept.batches.length) wrong.push(`not emptied: ${JSON.stringify(kept.rows)}`);
    if (owed.size) wrong.push(`owed: ${[...owed]}`);
    return { wrong: wrong.map((text) => `seed ${seed}: ${text}`), tally };
  };

  const played = seeds.map(play), total = {};
  for (const { tally } of played) for (const [name, n] of Object.entries(tally)) total[name] = (total[name] ?? 0) + n;
  return { wrong: played.flatMap(({ wrong }) => wrong), total };
}
