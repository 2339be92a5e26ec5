// SPDX-License-Identifier: MIT
//
// Many logs, and servers that say "not so fast". The proxy's clock is moved on by hand, so an
// hour of GitHub's takes no time here.
import path from 'node:path';
import { assert, run, test } from './harness.mjs';
import { reply } from './fault-proxy.mjs';
import { grown, many } from './logs.mjs';

const MANY = ['--yes', '--max-create', '2000'];
const HOUR = 3600e3;

// A time of day or a date, as somebody is told when to go on.
const WHEN = /\b\d{1,2}:\d{2}\b|\b\d+ (seconds?|minutes?|hours?|min|s|h)\b/;

test('1,000 logs unchanged: at most 15 requests, and no write', async (t) => {
  const c = await t.case({ logs: many(1000) });
  c.github.quota.limit = 1e6;
  const first = await c.pushed(MANY);
  assert.equal(Object.keys(await c.live()).length, 1000);
  const cold = (await c.pushed([], 0, { env: { XDG_CACHE_HOME: path.join(c.temporary, 'cold') } })).wrote(0);
  assert.ok(cold.requests.length <= 15, cold.said);
  const second = (await c.pushed()).wrote(0);
  assert.ok(second.requests.length <= 15, second.said);
  const third = (await c.pushed()).wrote(0);
  assert.ok(third.requests.length <= 15, third.said);
  assert.ok(third.requests.every(({ status }) => status === 304), third.said);
  assert.ok(first.requests.length <= 1000 * 3, `a first push of 1,000 took ${first.requests.length} requests`);
});

test('a first push of 1,000 logs goes on where 50 creations an hour stopped it', async (t) => {
  const c = await t.case({ logs: many(1000) });
  c.github.quota.limit = 1e6;
  Object.assign(c.github.creations, { perHour: 50, says: 'retry-after' });
  let runs = 0;
  for (; runs < 25; runs++) {
    const one = await c.push([...MANY, '--max-wait', '1']);
    const { length } = await c.issues();
    if (one.status === 0) {
      assert.equal(length, 1000, one.said);
      break;
    }
    assert.ok(one.status === 1 || one.status === 2, one.said);
    assert.equal(length, Math.min(50 * (runs + 1), 1000), `after run ${runs + 1}\n${one.said}`);
    one.says(WHEN);
    const refused = one.requests.filter(({ status }) => status === 403);
    assert.equal(refused.length, 1, `a refusal is not answered with more of the same\n${one.said}`);
    c.github.advance(HOUR + 61e3);
  }
  assert.ok(runs >= 19 && runs <= 21, `${runs} runs`);
  assert.equal(Object.keys(await c.live()).length, 1000);
  (await c.pushed()).wrote(0);
});

for (const [skew, words] of [[26 * HOUR, 'a day ahead'], [-26 * HOUR, 'a day behind']])
  for (const says of ['remaining', 'retry-after'])
    test(`a wait follows the server's clock, ${words} of ours (${says})`, async (t) => {
      const c = await t.case({ logs: many(4) });
      c.github.advance(skew);
      c.proxy.rule({
        method: 'POST', path: /\/issues$/, nth: 1,
        do: () => void Object.assign(c.github.creations, { perHour: 2, says, count: 0, since: c.github.now() - HOUR + 4000 }),
      });
      const one = await c.pushed();
      assert.equal((await c.issues()).length, 4, one.said);
      const refused = one.requests.filter(({ status }) => status === 403);
      assert.ok(refused.length >= 1 && refused.length <= 2, one.said);
      const next = one.requests[one.requests.indexOf(refused[0]) + 1];
      assert.ok(next.at - refused[0].at >= 1000, `nothing is sent during the wait\n${one.said}`);
      const between = one.requests.slice(one.requests.indexOf(refused.at(-1)) + 1);
      const creation = between.findIndex(({ method, path: p }) => method === 'POST' && p.endsWith('/issues'));
      assert.ok(
        between.slice(0, creation).some(({ method, path: p }) => method === 'GET' && p.endsWith('/issues')),
        `the issues are listed again before the next creation\n${one.said}`);
    });

test('beyond --max-wait it stops, says when to go on, and can go on', async (t) => {
  for (const says of ['remaining', 'retry-after', 'message']) {
    const c = await t.case({ logs: many(4) });
    Object.assign(c.github.creations, { perHour: 2, says });
    const one = await c.push(['--max-wait', '1']);
    assert.ok(one.status === 1 || one.status === 2, one.said);
    assert.ok(one.ms < 30000, one.said);
    one.says(WHEN);
    assert.equal((await c.issues()).length, 2, one.said);
    c.github.advance(HOUR + 61e3);
    await c.pushed();
    assert.equal(Object.keys(await c.live()).length, 4);
  }
});

test('the hourly quota used up: stops before anything, says when to go on', async (t) => {
  const c = await t.case({ logs: many(3) });
  c.github.quota = { limit: 5000, remaining: 0, reset: Math.floor(c.github.now() / 1000) + 1800 };
  const one = await c.push(['--max-wait', '1']);
  assert.equal(one.status, 2, one.said);
  one.says(WHEN).wrote(0);
  assert.ok(one.requests.length <= 2, one.said);
});

test('429 with retry-after: waited for, once', async (t) => {
  const c = await t.case({ logs: many(2) });
  c.proxy.rule({ method: 'GET', path: /\/issues$/, nth: 1, do: reply(429, { 'retry-after': '2' }) });
  const one = await c.pushed();
  const at = one.requests.findIndex(({ status }) => status === 429);
  const again = one.requests.slice(at + 1).find(({ path: p }) => p === one.requests[at].path);
  assert.ok(again.at - one.requests[at].at >= 1900, one.said);
  assert.equal((await c.issues()).length, 2);
});

test('a 429 to a creation is no "unclear" answer: nothing is made twice', async (t) => {
  const c = await t.case({ logs: many(3) });
  c.proxy.rule({ method: 'POST', path: /\/issues$/, nth: 2, do: reply(429, { 'retry-after': '1' }) });
  await c.pushed();
  assert.equal((await c.issues()).length, 3);
});

test('5xx on reading: tried again with growing waits, at most --retries', async (t) => {
  const c = await t.case({ logs: many(2) });
  const rule = c.proxy.rule({ method: 'GET', path: /\/issues$/, times: 2, do: reply(503) });
  const one = await c.pushed();
  assert.equal(rule.seen, 2, one.said);
  assert.equal((await c.issues()).length, 2);
  c.proxy.clear();
  c.proxy.rule({ method: 'GET', path: /\/issues$/, do: reply(503) });
  const none = await c.push(['--retries', '0']);
  none.exits(2).wrote(0);
  assert.equal(none.requests.filter(({ status }) => status === 503).length, 1, none.said);
  const two = await c.push(['--retries', '2']);
  two.exits(2).wrote(0);
  assert.equal(two.requests.filter(({ status }) => status === 503).length, 3, two.said);
});

test('a page that fails is unknown, never absent: nothing is created', async (t) => {
  const c = await t.case({ logs: many(120) });
  await c.pushed(MANY);
  c.proxy.rule({ method: 'GET', path: /\/issues$/, query: /(^|&)page=2/, do: reply(500) });
  const one = await c.push([...MANY, '--retries', '1'], { env: { XDG_CACHE_HOME: path.join(c.temporary, 'cold') } });
  one.exits(2).wrote(0);
  assert.equal((await c.issues()).length, 120);
});

test('more than --max-create needs --yes, and nothing is written without', async (t) => {
  const c = await t.case({ logs: many(21) });
  (await c.push()).exits(2).wrote(0).says('--yes');
  (await c.pushed(['--max-create', '21']));
  assert.equal((await c.issues()).length, 21);
});

test('--max-comments a run: the rest come with the next', async (t) => {
  const logs = many(3);
  const c = await t.case({ logs });
  await c.pushed();
  let later = logs;
  for (const name of Object.keys(logs)) later = grown(later, name, { v: 2 }, { v: 3 });
  c.update(later);
  const counts = [];
  for (let i = 0; i < 4; i++) {
    const one = await c.push(['--max-comments', '2']);
    assert.ok(one.status <= 1, one.said);
    counts.push((await c.issues()).reduce((sum, { comments }) => sum + comments.length, 0));
  }
  assert.deepEqual(counts, [2, 4, 6, 6]);
});

await run({ at: 2 });
