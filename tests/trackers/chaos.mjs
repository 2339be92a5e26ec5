// SPDX-License-Identifier: MIT
//
// A few days in the life of a tracker, by seed: logs go on, people write beside the region, set
// labels of their own and comment, and pushes are cut, refused, delayed and killed at random.
// After one undisturbed push all is as if nothing had happened: what a push of the same logs into
// an empty repository makes, plus every byte that people wrote.
import { CUT, HALF, reply } from './fault-proxy.mjs';
import { assert, commentOf, recordOf, regionOf, run, test } from './harness.mjs';
import { random, seeds } from './random.mjs';

const DAYS = 5;
const HARM = 0.1; // of the requests
const NAMES = ['Auth', 'Billing', 'Cache', 'Docs', 'Export', 'Forms', 'Grid'];
const STATUS = ['in_progress', 'in_progress', 'blocked', 'needs_review', 'completed'];

const make = (next) => ({
  next,
  pick: (some) => some[Math.floor(next() * some.length)],
  often: (share) => next() < share,
});

function entry(r, v, name) {
  const status = r.pick(STATUS);
  const others = NAMES.filter((other) => other > name);
  return {
    v, status, title: `Step ${v} ${Math.floor(r.next() * 1e6)}`,
    progress: status === 'completed' ? 100 : Math.floor(r.next() * 100),
    // Only towards later names: no cycles here.
    needs: others.length && r.often(0.5) ? [`${r.pick(others)}-WorkLog-v${1 + Math.floor(r.next() * 9)}`] : [],
    blockers: status === 'blocked' ? ['Keys are missing'] : undefined,
    decisions: r.often(0.3) ? ['It stays'] : undefined,
    next: status === 'completed' ? undefined : [r.pick(['[HIGH] Go on', '[MED] Go on'])],
  };
}

// What happens to the logs in a day.
function goOn(r, logs) {
  for (const name of NAMES) {
    if (!logs[name]) {
      if (r.often(0.4)) logs[name] = [entry(r, 1, name)];
    } else if (r.often(0.4)) {
      logs[name].push(entry(r, logs[name].at(-1).v + 1, name));
    } else if (r.often(0.15)) {
      const old = r.pick(logs[name]);
      old.title = `Edited ${Math.floor(r.next() * 1e6)}`;
    }
  }
}

// What people do in a day; written keeps what must not be lost: {log: {above, below, label, said}}.
async function people(r, c, written) {
  for (const [log, issue] of Object.entries(await c.live())) {
    const mine = (written[log] ??= { above: '', below: '', said: [] });
    if (r.often(0.25)) {
      const above = `Words of ${log} ${Math.floor(r.next() * 1e6)} @colleague <b>\r\n\r\n`;
      mine.above = above + mine.above;
      await c.as('admin', 'PATCH', `/issues/${issue.number}`, { body: above + issue.body });
    } else if (r.often(0.25)) {
      const below = `\n\nBelow ${Math.floor(r.next() * 1e6)}  \n`;
      mine.below += below;
      await c.as('admin', 'PATCH', `/issues/${issue.number}`, { body: issue.body + below });
    }
    if (r.often(0.15)) {
      mine.label = `team:${log}`;
      await c.as('admin', 'POST', `/issues/${issue.number}/labels`, { labels: [mine.label] });
    }
    if (r.often(0.15)) {
      const said = `I say ${Math.floor(r.next() * 1e6)}`;
      mine.said.push(said);
      await c.as('mallory', 'POST', `/issues/${issue.number}/comments`, { body: said });
    }
  }
}

// Harm for about a tenth of the requests. A creation that never arrives costs half a minute of
// looking for it; kill.mjs tries that, here it always arrives.
function harm(r, c, run) {
  const creates = ({ method, path }) => method === 'POST' && /\/(issues|comments)$/.test(path);
  c.proxy.rule({
    at: 'before',
    do: async (context) => {
      if (!r.often(HARM) || creates(context)) return undefined;
      return r.pick([CUT, reply(502)(), reply(503)(), reply(429, { 'retry-after': '1' })(), undefined]);
    },
  });
  c.proxy.rule({
    at: 'after',
    do: async () => {
      if (!r.often(HARM)) return undefined;
      if (r.often(0.15)) await c.kill(run.child);
      return r.pick([CUT, HALF, reply(502)(), undefined]);
    },
  });
}

// The parts of a state that do not depend on how it came about.
async function essence(c, withoutLabels = () => []) {
  const state = await c.state();
  const live = await c.live();
  for (const [log, issue] of Object.entries(state)) {
    const labels = issue.labels.filter((name) => !withoutLabels(log).includes(name));
    state[log] = {
      title: issue.title, labels, state: issue.state, blockers: issue.blockers,
      region: regionOf(issue), v: recordOf(live[log]).v,
    };
  }
  return state;
}

for (const seed of seeds(6))
  test(`seed ${seed}: ${DAYS} days of harm, then one push in peace`, async (t) => {
    const r = make(random(seed));
    const logs = { Zero: [{ v: 1 }] };
    const c = await t.case({ logs });
    const written = {};
    const told = [];
    for (let day = 0; day < DAYS; day++) {
      goOn(r, logs);
      c.update(logs);
      await people(r, c, written);
      const one = c.start(['--yes', '--retries', '3', '--max-wait', '5']);
      harm(r, c, one);
      told.push((await one.done).said);
      c.proxy.clear();
      c.github.advance(120e3);
    }
    const last = await c.push(['--yes']);
    const all = () => `${told.join('\n')}\n${last.said}`;
    // A label of ours that was taken off just before a kill, and that a later version wants again, cannot
    // be told from one that a person took off: that is said, left alone, and settled on demand.
    if (last.status === 1) {
      const drifts = last.out.split('\n').filter((line) => /^! /.test(line));
      assert.ok(drifts.length > 0 && drifts.every((line) => /^! drift .* label: a person took /.test(line)), all());
      await c.pushed(['--yes', '--overwrite']);
    } else {
      assert.equal(last.status, 0, all());
    }
    const fresh = await t.case({ workspace: c.workspace });
    await fresh.pushed(['--yes']);
    const mine = (log) => (written[log]?.label ? [written[log].label] : []);
    const [got, wanted] = [await essence(c, mine), await essence(fresh)];
    // A link that was made just before a kill, and that the log no longer wants by the next push,
    // cannot be told from one that a person made, and people's links stay.
    for (const [log, issue] of Object.entries(got)) {
      const once = logs[log].flatMap(({ needs = [] }) => needs.map((need) => need.replace(/-WorkLog.*/, '')));
      const left = issue.blockers.filter((other) => !wanted[log]?.blockers.includes(other));
      assert.ok(left.every((other) => once.includes(other)), `${log}: nobody asked for ${left}`);
      issue.blockers = issue.blockers.filter((other) => !left.includes(other));
    }
    assert.deepEqual(got, wanted, all());
    for (const [log, issue] of Object.entries(await c.live())) {
      const { above = '', below = '', label, said = [] } = written[log] ?? {};
      assert.ok(issue.body.startsWith(`${above}<!-- wlsync:1 `), `${log}: words above\n${all()}`);
      assert.ok(issue.body.endsWith(`<!-- /wlsync -->${below}`) || issue.body.endsWith(`<!-- /wlsync -->\n${below}`), `${log}: words below: ${JSON.stringify(issue.body.slice(-200))}\n${all()}`);
      if (label) assert.ok(issue.labels.includes(label), `${log}: ${label}\n${all()}`);
      assert.deepEqual(issue.comments.filter((one) => !commentOf(one)).map(({ body }) => body), said, `${log}: what people said`);
      const versions = issue.comments.map(commentOf).filter(Boolean).map(({ v }) => v);
      assert.equal(new Set(versions).size, versions.length, `${log}: comments ${versions}\n${all()}`);
    }
    (await c.push(['--yes'])).wrote(0);
  });

await run({ at: 4 });
