// SPDX-License-Identifier: MIT
//
// The judges are judged: the emulated GitHub and the proxy do what the other tests rely on. No
// wlsync here.
import http from 'node:http';
import { assert, run, test } from './harness.mjs';
import { CUT, cut, edit, half, reply } from './fault-proxy.mjs';
import { tokenOf } from './github.mjs';

// A request through the proxy, as a client makes it.
function ask(c, method, target, value, headers = {}) {
  const body = value === undefined ? undefined : JSON.stringify(value);
  return new Promise((resolve, reject) => {
    const request = http.request(
      `${c.proxy.url}${target.replace('REPO', `/repos/${c.name}`)}`,
      {
        method, agent: false,
        headers: {
          'user-agent': 'test', authorization: `Bearer ${tokenOf('admin')}`,
          ...(body ? { 'content-type': 'application/json' } : {}), ...headers,
        },
      },
      (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          let json = null;
          try {
            json = JSON.parse(text);
          } catch {
            // An empty answer, or one that a rule made.
          }
          resolve({ status: response.statusCode, headers: response.headers, json, text });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

const create = async (c, title, more = {}) => (await ask(c, 'POST', 'REPO/issues', { title, ...more })).json;

test('conditional requests: 304 while nothing changed', async (t) => {
  const c = await t.case();
  await create(c, 'One');
  const first = await ask(c, 'GET', 'REPO/issues?state=all');
  assert.equal(first.status, 200);
  const again = await ask(c, 'GET', 'REPO/issues?state=all', undefined, { 'if-none-match': first.headers.etag });
  assert.equal(again.status, 304);
  assert.equal(again.text, '');
  await create(c, 'Two');
  const changed = await ask(c, 'GET', 'REPO/issues?state=all', undefined, { 'if-none-match': first.headers.etag });
  assert.equal(changed.status, 200);
});

test('tokens: a wrong one is refused, roles are told and kept', async (t) => {
  const c = await t.case({ repository: { roles: { colleague: 'triage' } } });
  const wrong = await ask(c, 'GET', '/user', undefined, { authorization: 'Bearer nonsense' });
  assert.equal(wrong.status, 401);
  const repository = await ask(c, 'GET', 'REPO', undefined, { authorization: `Bearer ${tokenOf('colleague')}` });
  assert.deepEqual(repository.json.permissions, { admin: false, maintain: false, push: false, triage: true, pull: true });
  const strangers = await ask(c, 'POST', 'REPO/issues', { title: 'x', labels: ['y'] }, { authorization: `Bearer ${tokenOf('mallory')}` });
  assert.equal(strangers.status, 201);
  assert.deepEqual(strangers.json.labels, []);
  assert.equal(strangers.json.author_association, 'NONE');
  const mine = await create(c, 'mine', { labels: ['y'] });
  assert.equal(mine.author_association, 'OWNER');
  const bot = await ask(c, 'GET', '/user', undefined, { authorization: `Bearer ${tokenOf('github-actions[bot]')}` });
  assert.equal(bot.status, 403);
});

test('labels are one whatever their case', async (t) => {
  const c = await t.case();
  assert.equal((await ask(c, 'POST', 'REPO/labels', { name: 'Blocked' })).status, 201);
  const twice = await ask(c, 'POST', 'REPO/labels', { name: 'blocked' });
  assert.equal(twice.status, 422);
  assert.equal(twice.json.errors[0].code, 'already_exists');
  const issue = await create(c, 'x', { labels: ['BLOCKED'] });
  assert.deepEqual(issue.labels.map(({ name }) => name), ['Blocked']);
  assert.equal((await ask(c, 'GET', 'REPO/issues?labels=blocked')).json.length, 1);
  assert.equal((await ask(c, 'DELETE', `REPO/issues/${issue.number}/labels/bLocked`)).status, 200);
  assert.equal((await ask(c, 'DELETE', 'REPO/labels/BLOCKED')).status, 204);
  assert.equal((await ask(c, 'GET', 'REPO/labels/Blocked')).status, 404);
});

test('sixteen at once make one label', async (t) => {
  const c = await t.case();
  const all = await Promise.all(Array.from({ length: 16 }, () => ask(c, 'POST', 'REPO/labels', { name: 'lock' })));
  assert.deepEqual(all.map(({ status }) => status).sort(), [201, ...Array(15).fill(422)]);
});

test('sizes: 256 characters of title, 65,536 of body', async (t) => {
  const c = await t.case();
  assert.equal((await create(c, 'é'.repeat(256))).number, 1);
  const long = await c.github.handle({
    method: 'POST', target: `/repos/${c.name}/issues`, body: Buffer.from(JSON.stringify({ title: 'x'.repeat(257) })),
    headers: { 'user-agent': 'x', authorization: `Bearer ${tokenOf('admin')}` },
  });
  assert.equal(long.status, 422);
  const big = await c.github.handle({
    method: 'PATCH', target: `/repos/${c.name}/issues/1`, body: Buffer.from(JSON.stringify({ body: 'x'.repeat(65537) })),
    headers: { 'user-agent': 'x', authorization: `Bearer ${tokenOf('admin')}` },
  });
  assert.equal(big.status, 422);
});

test('dependencies: links, cycles, doubles, fifty, pages, summaries', async (t) => {
  const c = await t.case();
  const issues = [];
  for (let i = 0; i < 53; i++) issues.push(await create(c, `Issue ${i}`));
  const link = (from, to) =>
    ask(c, 'POST', `REPO/issues/${issues[from].number}/dependencies/blocked_by`, { issue_id: issues[to].id });
  assert.equal((await link(0, 1)).status, 201);
  assert.equal((await link(0, 1)).status, 422);
  assert.equal((await link(1, 2)).status, 201);
  assert.equal((await link(2, 0)).status, 422);
  assert.equal((await link(0, 0)).status, 422);
  for (let i = 2; i <= 50; i++) assert.equal((await link(0, i)).status, 201);
  assert.equal((await link(0, 51)).status, 422);
  const first = await ask(c, 'GET', `REPO/issues/${issues[0].number}/dependencies/blocked_by`);
  assert.equal(first.json.length, 30);
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.link)[1];
  assert.equal((await ask(c, 'GET', new URL(next).pathname + new URL(next).search)).json.length, 20);
  await ask(c, 'PATCH', `REPO/issues/${issues[1].number}`, { state: 'closed' });
  const summary = (await ask(c, 'GET', `REPO/issues/${issues[0].number}`)).json.issue_dependencies_summary;
  assert.deepEqual(summary, { blocked_by: 49, total_blocked_by: 50, blocking: 0, total_blocking: 0 });
  const remove = await ask(c, 'DELETE', `REPO/issues/${issues[0].number}/dependencies/blocked_by/${issues[1].id}`);
  assert.equal(remove.status, 200);
  assert.equal((await ask(c, 'GET', `REPO/issues/${issues[0].number}`)).json.issue_dependencies_summary.total_blocked_by, 49);
});

test('deleted, moved, locked, archived, disabled, renamed', async (t) => {
  const c = await t.case();
  for (const title of ['a', 'b', 'c', 'd']) await create(c, title);
  c.repository.deleted.add(1);
  c.repository.moved.set(2, { repository: 'admin/other', number: 9 });
  c.repository.locked.add(3);
  assert.equal((await ask(c, 'GET', 'REPO/issues/1')).status, 410);
  const moved = await ask(c, 'GET', 'REPO/issues/2');
  assert.equal(moved.status, 301);
  assert.ok(moved.headers.location.startsWith(`${c.proxy.url}/repos/admin/other/issues/9`));
  assert.equal((await ask(c, 'POST', 'REPO/issues/3/comments', { body: 'x' })).status, 403);
  assert.deepEqual((await ask(c, 'GET', 'REPO/issues?state=all')).json.map(({ number }) => number).sort(), [3, 4]);
  c.repository.archived = true;
  assert.equal((await ask(c, 'GET', 'REPO')).json.archived, true);
  assert.equal((await ask(c, 'POST', 'REPO/issues', { title: 'x' })).status, 403);
  c.repository.archived = false;
  c.repository.issues = false;
  assert.equal((await ask(c, 'GET', 'REPO/issues')).status, 410);
  c.repository.renamedTo = 'admin/elsewhere';
  assert.equal((await ask(c, 'GET', 'REPO')).status, 301);
});

test('creations are limited by the hour of the server\'s own clock', async (t) => {
  const c = await t.case();
  Object.assign(c.github.creations, { perHour: 2, says: 'retry-after' });
  for (let i = 0; i < 2; i++) assert.equal((await ask(c, 'POST', 'REPO/issues', { title: 'x' })).status, 201);
  const refused = await ask(c, 'POST', 'REPO/issues', { title: 'x' });
  assert.equal(refused.status, 403);
  assert.ok(Number(refused.headers['retry-after']) > 3500);
  c.github.creations.says = 'remaining';
  const again = await ask(c, 'POST', 'REPO/issues', { title: 'x' });
  assert.equal(again.headers['x-ratelimit-remaining'], '0');
  c.github.advance(3601e3);
  const later = await ask(c, 'POST', 'REPO/issues', { title: 'x' });
  assert.equal(later.status, 201);
  assert.ok(Date.parse(later.headers.date) - Date.now() > 3590e3);
  assert.equal((await c.issues()).length, 3);
});

test('the hourly quota ends, and comes back', async (t) => {
  const c = await t.case();
  c.github.quota.remaining = 1;
  c.github.quota.reset = Math.floor(Date.now() / 1000) + 100;
  assert.equal((await ask(c, 'GET', 'REPO/issues')).status, 200);
  const refused = await ask(c, 'GET', 'REPO/issues');
  assert.equal(refused.status, 403);
  assert.equal(refused.headers['x-ratelimit-remaining'], '0');
  c.github.advance(101e3);
  assert.equal((await ask(c, 'GET', 'REPO/issues')).status, 200);
});

test('fresh issues are missing from lists for so many lists; creations lose labels', async (t) => {
  const c = await t.case();
  c.github.lag.lists = 2;
  c.github.dropLabels = true;
  assert.deepEqual((await create(c, 'x', { labels: ['y'] })).labels, []);
  const lengths = [];
  for (let i = 0; i < 3; i++) lengths.push((await ask(c, 'GET', 'REPO/issues')).json.length);
  assert.deepEqual(lengths, [0, 0, 1]);
  assert.equal((await c.issues()).length, 1);
});

test('rules: cut before and after, half a reply, other replies, the n-th time, kill points', async (t) => {
  const c = await t.case();
  const post = (title) => ask(c, 'POST', 'REPO/issues', { title });
  c.proxy.rule({ method: 'POST', nth: 1, do: cut });
  await assert.rejects(post('never'), /hang up|ECONNRESET/);
  assert.equal((await c.issues()).length, 0);
  c.proxy.rule({ method: 'POST', nth: 1, at: 'after', do: cut });
  await assert.rejects(post('there'), /hang up|ECONNRESET/);
  assert.equal((await c.issues()).length, 1);
  c.proxy.rule({ method: 'POST', nth: 1, at: 'after', do: half });
  await assert.rejects(post('there too'), /aborted|ECONNRESET/);
  assert.equal((await c.issues()).length, 2);
  c.proxy.rule({ method: 'GET', path: /issues$/, nth: 2, do: reply(502, { 'retry-after': '7' }) });
  assert.equal((await ask(c, 'GET', 'REPO/issues')).status, 200);
  const trouble = await ask(c, 'GET', 'REPO/issues');
  assert.equal(trouble.status, 502);
  assert.equal(trouble.headers['retry-after'], '7');
  assert.equal((await ask(c, 'GET', 'REPO/issues')).status, 200);
  c.proxy.clear();
  c.proxy.rule({ path: /issues\/1$/, at: 'after', do: edit((issue) => ({ ...issue, title: 'other' })) });
  assert.equal((await ask(c, 'GET', 'REPO/issues/1')).json.title, 'other');
  const seen = [];
  const n = c.proxy.requests.length + 1;
  for (const at of ['before', 'after', 'replied'])
    c.proxy.rule({ n, at, do: ({ status }) => void seen.push([at, status]) });
  await ask(c, 'GET', 'REPO/issues/2');
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(seen, [['before', null], ['after', 200], ['replied', 200]]);
  assert.equal(typeof CUT, 'symbol');
});

test('GitHub\'s description refuses what GitHub refuses', async (t) => {
  const c = await t.case();
  const bad = [
    ['POST', 'REPO/issues', { body: 'no title' }],
    ['POST', 'REPO/issues', { title: 'x', colour: 'red' }],
    ['PATCH', 'REPO/issues/1', { state: 'merged' }],
    ['GET', 'REPO/issues?per_page=200'],
    ['GET', 'REPO/issues?state=bogus'],
    ['GET', 'REPO/nonsense'],
    ['POST', 'REPO/issues/1/dependencies/blocked_by', { issue_id: 'x' }],
    ['POST', 'REPO/issues/1/labels', { labels: [] }],
  ];
  for (const [method, target, value] of bad) await ask(c, method, target, value);
  const problems = await c.proxy.problems();
  assert.equal(problems.length, bad.length, problems.join('\n'));
  c.proxy.reset();
  await ask(c, 'POST', 'REPO/issues', { title: 'x', body: 'y', labels: ['z'] });
  await ask(c, 'PATCH', 'REPO/issues/1', { title: 'z', body: 'y', state: 'closed', state_reason: 'duplicate' });
  assert.deepEqual(await c.proxy.problems(), []);
  assert.equal((await c.issues())[0].state_reason, 'duplicate');
});

await run({ at: 4 });
