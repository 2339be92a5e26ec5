// SPDX-License-Identifier: MIT
//
// Several pushers at once on the same logs: in the end each log has one live issue. With the lock
// they take turns; a token that may not make labels goes without, and then convergence alone must
// do it, so that is tried as well, and with lists that lag behind.
import path from 'node:path';
import { assert, recordOf, run, test } from './harness.mjs';
import { delay, reply } from './fault-proxy.mjs';
import { grown, many } from './logs.mjs';
import { random, seeds } from './random.mjs';

const LOGS = 20;
const PUSHERS = 4;
// PUSHERS pushes at once, each from a machine of its own (its own cache).
async function together(c, args = []) {
  const machine = (i) => ({ env: { XDG_CACHE_HOME: path.join(c.temporary, `machine-${i}`) } });
  const runs = await Promise.all(Array.from({ length: PUSHERS }, (_, i) => c.push(args, machine(i))));
  for (const one of runs)
    assert.ok(one.signal === null && one.status <= 2, one.said);
  return runs;
}

async function judge(c, logs, runs) {
  const told = runs.map(({ said }) => said).join('\n');
  c.proxy.clear();
  c.github.lag = { ms: 0, lists: 0 };
  c.github.advance(120e3);
  const after = await c.push();
  assert.equal(after.status, 0, `the push after it\n${after.said}`);
  const live = await c.live();
  assert.deepEqual(Object.keys(live).sort(), Object.keys(logs).sort(), told);
  for (const issue of await c.issues()) {
    const record = recordOf(issue);
    assert.ok(record, `#${issue.number} has no record`);
    if (!record['dup-of']) continue;
    assert.equal(issue.state, 'closed', `duplicate #${issue.number} is open`);
    assert.equal(Number(record['dup-of'].replace('#', '')), live[record.id].number, `duplicate #${issue.number} names the live one`);
  }
  const last = await c.push();
  assert.equal(last.writes.length, 0, `one more push has nothing to do\n${last.said}`);
  return live;
}

for (const seed of seeds(5)) {
  test(`seed ${seed}: four pushers, with the lock`, async (t) => {
    const logs = many(LOGS, { chained: true });
    const c = await t.case({ logs });
    const next = random(seed);
    c.proxy.rule({ do: delay(() => Math.floor(next() * 20)) });
    const runs = await together(c);
    const live = await judge(c, logs, runs);
    assert.equal((await c.issues()).length, LOGS, 'with the lock nobody makes a second issue');
    assert.deepEqual(live['Task-0002'].blockers, [live['Task-0001'].number]);
  });

  test(`seed ${seed}: four pushers that may not make the lock`, async (t) => {
    const logs = many(LOGS);
    const c = await t.case({ logs });
    const next = random(seed);
    c.proxy.rule({ do: delay(() => Math.floor(next() * 20)) });
    c.proxy.rule({
      method: 'POST', path: /\/labels$/, when: ({ body }) => JSON.parse(body).name === 'wlsync-lock',
      do: reply(403, {}, { message: 'Resource not accessible by personal access token' }),
    });
    await judge(c, logs, await together(c));
  });

  test(`seed ${seed}: new versions pushed by four at once: a comment each`, async (t) => {
    const logs = many(LOGS / 2);
    const c = await t.case({ logs });
    await c.pushed();
    let later = logs;
    for (const name of Object.keys(logs)) later = grown(later, name, { v: 2, title: 'More' });
    c.update(later);
    const next = random(seed);
    c.proxy.rule({ do: delay(() => Math.floor(next() * 20)) });
    // Half of the seeds: nobody may lock.
    if (seed % 2)
      c.proxy.rule({
        method: 'POST', path: /\/labels$/, when: ({ body }) => JSON.parse(body).name === 'wlsync-lock',
        do: reply(403, {}, { message: 'Resource not accessible by personal access token' }),
      });
    const live = await judge(c, later, await together(c));
    for (const [id, issue] of Object.entries(live))
      assert.equal(issue.comments.length, 1, `${id} has ${issue.comments.length} comments`);
  });
}

test('lists that hide fresh issues for a while: still one live issue a log', async (t) => {
  const logs = many(LOGS);
  const c = await t.case({ logs });
  c.github.lag.ms = 1500;
  await judge(c, logs, await together(c));
});

test('a lock that its holder left behind is waited for, or taken over when it expired', async (t) => {
  const c = await t.case({ logs: many(2) });
  const expired = new Date(c.github.now() - 5000).toISOString().replace(/\.\d+/, '');
  await c.as('admin', 'POST', '/labels', { name: 'wlsync-lock', description: `somebody expires ${expired}` });
  const one = await c.pushed();
  assert.equal((await c.issues()).length, 2, one.said);
  assert.ok(one.ms < 30000, one.said);
  assert.ok(!c.repository.labels.has('wlsync-lock'), 'the lock is gone');
});

test('a live lock: nothing is created before it ends', async (t) => {
  const c = await t.case({ logs: many(2) });
  const ends = c.github.now() + 5000;
  const until = new Date(ends).toISOString().replace(/\.\d+/, '');
  await c.as('admin', 'POST', '/labels', { name: 'wlsync-lock', description: `somebody expires ${until}` });
  const one = await c.pushed();
  assert.equal((await c.issues()).length, 2, one.said);
  const born = one.requests.filter(({ method, path: p }) => method === 'POST' && p.endsWith('/issues'));
  assert.ok(born.every(({ at }) => at >= Math.floor(ends / 1000) * 1000), one.said);
});

await run({ at: 3 });
