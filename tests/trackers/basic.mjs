// SPDX-License-Identifier: MIT
//
// A push from beginning to end: what it makes of a log, that the second one does nothing, what a
// new version changes, plans.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { assert, commentOf, recordOf, regionOf, run, test, validates } from './harness.mjs';
import { file, FIVE, grown, log } from './logs.mjs';

test('a first push: an issue a log, with title, labels, state and record', async (t) => {
  const c = await t.case({ logs: FIVE });
  const first = await c.pushed();
  const live = await c.live();
  assert.deepEqual(Object.keys(live).sort(), Object.keys(FIVE).sort(), first.said);
  const seen = Object.fromEntries(
    Object.entries(live).map(([id, issue]) => [id, [issue.title, issue.state, issue.state_reason, ...issue.labels]]));
  assert.deepEqual(seen, {
    'Auth-Refactor': ['Auth Refactor', 'open', null, 'priority:high', 'status:in-progress', 'wlsync'],
    'Data-Model': ['Data Model', 'closed', 'completed', 'status:completed', 'wlsync'],
    'Payment-Integration': ['Payment Integration', 'open', null, 'status:in-progress', 'wlsync'],
    'Search-Index': ['Search Index', 'open', null, 'priority:high', 'status:blocked', 'wlsync'],
    'User-Docs': ['User Docs', 'open', null, 'status:needs-review', 'wlsync'],
  });
  assert.equal(first.requests.filter(({ method, path: p }) => method === 'POST' && /\/issues$/.test(p)).length, 5);
  assert.equal((await c.issues()).length, 5);
  for (const [id, issue] of Object.entries(live)) {
    const record = recordOf(issue);
    assert.equal(record.src, 'acme/shop', id);
    assert.equal(Number(record.v), FIVE[id].at(-1).v, id);
    assert.equal(record.state, issue.state, id);
    assert.deepEqual(record.labels.split(',').sort(), issue.labels, id);
    assert.equal(issue.comments.length, 0, `${id}: a first push comments nothing`);
    assert.ok(regionOf(issue).trim(), id);
    assert.ok(issue.body.startsWith('<!-- wlsync:1 '), 'the record is the first line');
  }
});

test('a first push: what the region says', async (t) => {
  const c = await t.case({ logs: FIVE });
  await c.pushed();
  const live = await c.live();
  const auth = regionOf(live['Auth-Refactor']);
  for (const what of ['70%', 'v2', 'Finish token refresh', 'Document the lifetimes', 'JWT: stateless', 'Who rotates the keys?', '<details>', '```mermaid'])
    assert.ok(auth.includes(what), `${what} is missing:\n${auth}`);
  assert.match(auth, /https:\/\/github\.com\/acme\/shop\/blob\/(main|HEAD)\/Auth-Refactor-WorkLog\.md/);
  assert.ok(auth.indexOf('Finish token refresh') < auth.indexOf('Document the lifetimes'), 'HIGH comes first');
  assert.match(auth, /- \[ \] .*Finish token refresh/, 'Next is a task list');
  const search = regionOf(live['Search-Index']);
  for (const what of ['Missing production keys', 'ops-team', '2025-12-01'])
    assert.ok(search.includes(what), `${what} is missing:\n${search}`);
  assert.ok(!/(^|[\s(])@ops-team/m.test(search), `nobody is notified:\n${search}`);
  const payment = regionOf(live['Payment-Integration']);
  assert.match(payment, new RegExp(`#${live['Auth-Refactor'].number}\\b|/issues/${live['Auth-Refactor'].number}\\b`), payment);
  for (const [id, issue] of Object.entries(live)) {
    assert.ok(!regionOf(issue).includes(c.workspace.folder), `${id}: nothing of this machine`);
    assert.ok(!regionOf(issue).includes(c.workspace.git('rev-parse', 'HEAD').slice(0, 7)), `${id}: no commit`);
  }
});

test('a first push: links between issues that wait, and no lock left', async (t) => {
  const c = await t.case({ logs: FIVE });
  const first = await c.pushed();
  const live = await c.live();
  assert.ok(live['Payment-Integration'].blockers.includes(live['Auth-Refactor'].number), first.said);
  assert.deepEqual(live['User-Docs'].blockers, [live['Search-Index'].number], first.said);
  assert.deepEqual(live['Auth-Refactor'].blockers, []);
  for (const id of ['Payment-Integration', 'User-Docs'])
    assert.deepEqual(
      recordOf(live[id]).links.split(',').map(Number).sort((a, b) => a - b), live[id].blockers, 'the record says which links are ours');
  assert.ok(!c.repository.labels.has('wlsync-lock'), 'the lock is gone');
  assert.ok(first.writes.every(({ method, path: p }) => !(method === 'PUT' && /labels/.test(p))), 'labels are added one by one');
  assert.ok(
    first.writes.every(({ method, body }) => method !== 'PATCH' || !('labels' in JSON.parse(body))),
    'a PATCH with labels would take away those of others');
});

test('an undisturbed second push writes nothing, and a third asks only "still the same?"', async (t) => {
  const c = await t.case({ logs: FIVE });
  await c.pushed();
  const before = await c.issues();
  (await c.pushed()).wrote(0);
  const third = (await c.pushed()).wrote(0);
  assert.ok(third.requests.every(({ conditional, status }) => conditional && status === 304), third.said);
  const elsewhere = (await c.pushed([], 0, { env: { XDG_CACHE_HOME: path.join(c.temporary, 'other') } })).wrote(0);
  assert.ok(elsewhere.requests.every(({ status }) => status === 200), elsewhere.said);
  assert.deepEqual(await c.issues(), before);
});

test('a damaged or unwritable cache changes nothing', async (t) => {
  const c = await t.case({ logs: FIVE });
  await c.pushed();
  const elsewhere = path.join(c.temporary, 'not-a-folder');
  writeFileSync(elsewhere, 'a file where the cache should be\n');
  (await c.pushed([], 0, { env: { XDG_CACHE_HOME: elsewhere } })).wrote(0);
});

test('a later commit that changes no log changes no issue', async (t) => {
  const c = await t.case({ logs: FIVE });
  await c.pushed();
  c.workspace.commit('Nothing about logs');
  (await c.pushed()).wrote(0);
});

test('a new version: comment, labels, then one PATCH after reading again', async (t) => {
  const c = await t.case({ logs: FIVE });
  await c.pushed();
  const { number } = await c.issue('Auth-Refactor');
  const logs = grown(FIVE, 'Auth-Refactor', {
    v: 3, title: 'Keys missing', status: 'blocked', progress: 75, blockers: ['Missing production keys'], next: ['[MED] Wait'],
  });
  c.update(logs);
  const second = await c.pushed();
  const issue = await c.issue('Auth-Refactor');
  assert.equal(issue.number, number);
  assert.deepEqual(issue.labels, ['status:blocked', 'wlsync'], second.said);
  assert.equal(issue.state, 'open');
  assert.equal(issue.comments.length, 1, second.said);
  const { id, v } = commentOf(issue.comments[0]);
  assert.deepEqual([id, v], ['Auth-Refactor', '3']);
  assert.ok(issue.comments[0].body.includes('Keys missing'), issue.comments[0].body);
  assert.equal(recordOf(issue).v, '3');
  assert.match(recordOf(issue).commented, /^3:/);
  const own = second.requests.filter(({ path: p }) => new RegExp(`/issues/${number}(/|$)`).test(p));
  const patches = own.filter(({ method, path: p }) => method === 'PATCH' && p.endsWith(`/${number}`));
  assert.equal(patches.length, 1, second.said);
  const writes = own.filter(({ method }) => method !== 'GET');
  assert.equal(writes.at(-1), patches[0], `the PATCH comes last\n${second.said}`);
  const reads = own.filter(({ method, path: p, n }) => method === 'GET' && p.endsWith(`/${number}`) && n < patches[0].n);
  assert.ok(reads.length, `read again before the PATCH\n${second.said}`);
  const kinds = writes.map(({ path: p }) => /labels|comments|dependencies|\d+$/.exec(p)[0]);
  assert.ok(kinds.lastIndexOf('labels') < kinds.indexOf('comments'), `labels before comments\n${second.said}`);
  (await c.pushed()).wrote(0);
});

test('completed closes; a newer version that says otherwise opens again', async (t) => {
  const c = await t.case({ logs: FIVE });
  await c.pushed();
  let logs = grown(FIVE, 'Auth-Refactor', { v: 3, title: 'Done', status: 'completed', progress: 100 });
  c.update(logs);
  await c.pushed();
  let issue = await c.issue('Auth-Refactor');
  assert.deepEqual([issue.state, issue.state_reason], ['closed', 'completed']);
  assert.ok(issue.labels.includes('status:completed'));
  logs = grown(logs, 'Auth-Refactor', { v: 4, title: 'Not quite', progress: 95, next: ['[HIGH] Logout'] });
  c.update(logs);
  await c.pushed();
  issue = await c.issue('Auth-Refactor');
  assert.equal(issue.state, 'open');
  assert.deepEqual(issue.labels, ['priority:high', 'status:in-progress', 'wlsync']);
  assert.deepEqual(issue.comments.map((one) => commentOf(one).v), ['3', '4']);
  (await c.pushed()).wrote(0);
});

test('several new versions: a comment each, oldest first', async (t) => {
  const c = await t.case({ logs: FIVE });
  await c.pushed();
  c.update(grown(FIVE, 'User-Docs', { v: 2 }, { v: 3 }, { v: 4, title: 'Last' }));
  await c.pushed();
  const issue = await c.issue('User-Docs');
  assert.deepEqual(issue.comments.map((one) => commentOf(one).v), ['2', '3', '4']);
  (await c.pushed()).wrote(0);
});

test('an entry that was edited: its comment is edited, no other is made', async (t) => {
  const c = await t.case({ logs: FIVE });
  await c.pushed();
  const logs = grown(FIVE, 'Auth-Refactor', { v: 3, title: 'Firts words', decisions: ['Old decision'] });
  c.update(logs);
  await c.pushed();
  const later = grown(logs, 'Auth-Refactor', { v: 4, title: 'Next' });
  c.update(later);
  await c.pushed();
  const before = await c.issue('Auth-Refactor');
  const edited = structuredClone(later);
  edited['Auth-Refactor'][2] = { v: 3, title: 'First words', decisions: ['New decision'] };
  c.update(edited);
  const run3 = await c.pushed();
  const after = await c.issue('Auth-Refactor');
  assert.deepEqual(after.comments.map(({ id }) => id), before.comments.map(({ id }) => id), run3.said);
  assert.ok(after.comments[0].body.includes('First words') || after.comments[0].body.includes('New decision'), after.comments[0].body);
  assert.ok(!after.comments[0].body.includes('Old decision'), after.comments[0].body);
  assert.notEqual(commentOf(after.comments[0]).hash, commentOf(before.comments[0]).hash);
  assert.equal(after.comments[1].body, before.comments[1].body);
  (await c.pushed()).wrote(0);
});

test('--comments none advances what counts as commented', async (t) => {
  const c = await t.case({ logs: FIVE });
  await c.pushed();
  const logs = grown(FIVE, 'User-Docs', { v: 2 });
  c.update(logs);
  await c.pushed(['--comments', 'none']);
  assert.equal((await c.issue('User-Docs')).comments.length, 0);
  (await c.pushed()).wrote(0);
  c.update(grown(logs, 'User-Docs', { v: 3 }));
  await c.pushed();
  assert.deepEqual((await c.issue('User-Docs')).comments.map((one) => commentOf(one).v), ['3']);
});

test('links follow the log: one more, one less, those of people stay', async (t) => {
  const c = await t.case({ logs: FIVE });
  await c.pushed();
  const live = await c.live();
  const docs = live['User-Docs'].number;
  await c.as('admin', 'POST', `/issues/${docs}/dependencies/blocked_by`, { issue_id: live['Data-Model'].id });
  const changed = structuredClone(FIVE);
  changed['User-Docs'].push({ v: 2, status: 'needs_review', needs: ['Auth-Refactor-WorkLog-v9'] });
  c.update(changed);
  const second = await c.push();
  const wanted = [live['Auth-Refactor'].number, live['Data-Model'].number].sort((a, b) => a - b);
  assert.deepEqual((await c.issue('User-Docs')).blockers, wanted, second.said);
});

test('a log that needs a log in a circle: reported, no link in a circle, the rest is pushed', async (t) => {
  const c = await t.case({
    logs: {
      One: [{ v: 1, needs: ['Two-WorkLog-v5'] }],
      Two: [{ v: 1, needs: ['One-WorkLog-v5'] }],
      Three: [{ v: 1, needs: ['One-WorkLog-v5'] }],
    },
  });
  const first = await c.push();
  const live = await c.live();
  assert.equal(Object.keys(live).length, 3, first.said);
  assert.deepEqual(live.One.blockers, []);
  assert.deepEqual(live.Two.blockers, []);
  assert.deepEqual(live.Three.blockers, [live.One.number]);
  first.says(/cycle|circle/i);
  assert.ok(!first.requests.some(({ path: p, status }) => /blocked_by/.test(p) && status === 422), first.said);
});

test('a server without dependencies: in the body only, and no fault', async (t) => {
  const c = await t.case({ logs: FIVE });
  c.github.dependencies = false;
  await c.pushed();
  const live = await c.live();
  assert.match(regionOf(live['User-Docs']), new RegExp(`#${live['Search-Index'].number}\\b|issues/${live['Search-Index'].number}\\b`));
  (await c.pushed()).wrote(0);
});

test('--dry-run writes nothing; with --exit-code it tells by its status', async (t) => {
  const c = await t.case({ logs: FIVE });
  (await c.pushed(['--dry-run'])).wrote(0).says('Auth Refactor').says(c.name).says('admin');
  (await c.pushed(['--dry-run', '--exit-code'], 1)).wrote(0);
  await c.pushed();
  (await c.pushed(['--dry-run', '--exit-code'], 0)).wrote(0);
  (await c.pushed(['--dry-run'])).wrote(0);
});

test('--json is one document of its schema, and the same twice', async (t) => {
  const c = await t.case({ logs: FIVE });
  const plan = (await c.pushed(['--dry-run', '--json'])).wrote(0);
  validates('push', plan.out, c.temporary);
  assert.equal(plan.json.schema, 'wlsync.push/1');
  const again = await c.pushed(['--dry-run', '--json']);
  assert.equal(again.out, plan.out);
  const done = await c.pushed(['--json']);
  validates('push', done.out, c.temporary);
  const nothing = (await c.pushed(['--json'])).wrote(0);
  validates('push', nothing.out, c.temporary);
  c.update(grown(FIVE, 'Auth-Refactor', { v: 3, status: 'completed' }));
  validates('push', (await c.pushed(['--dry-run', '--json'])).out, c.temporary);
});

test('--plan FILE saves a plan, and applies it', async (t) => {
  const c = await t.case({ logs: FIVE });
  const saved = path.join(c.temporary, 'plan.json');
  (await c.pushed(['--dry-run', '--plan', saved])).wrote(0);
  assert.ok(readFileSync(saved).length > 0);
  await c.pushed(['--plan', saved]);
  assert.equal(Object.keys(await c.live()).length, 5);
  (await c.pushed()).wrote(0);
});

test('--plan FILE refuses when the tracker changed since', async (t) => {
  const c = await t.case({ logs: FIVE });
  await c.pushed();
  c.update(grown(FIVE, 'Auth-Refactor', { v: 3, status: 'completed' }));
  const saved = path.join(c.temporary, 'plan.json');
  (await c.pushed(['--dry-run', '--plan', saved])).wrote(0);
  const { number, body } = await c.issue('Auth-Refactor');
  await c.as('admin', 'PATCH', `/issues/${number}`, { title: 'Mine', body: `A word from me\n\n${body}` });
  (await c.pushed(['--plan', saved], 2)).wrote(0);
  assert.equal((await c.issue('Auth-Refactor')).title, 'Mine');
});

test('--plan FILE refuses when the issue that it would make is there already', async (t) => {
  const c = await t.case({ logs: FIVE });
  const saved = path.join(c.temporary, 'plan.json');
  await c.pushed(['--dry-run', '--plan', saved]);
  await c.pushed();
  (await c.pushed(['--plan', saved], 2)).wrote(0);
  assert.equal((await c.issues()).length, 5);
});

test('one log: --log, and a file named', async (t) => {
  const c = await t.case({ logs: FIVE });
  await c.pushed(['--log', 'User-Docs']);
  assert.deepEqual(Object.keys(await c.live()), ['User-Docs']);
  await c.pushed(['--log', 'Auth-Refactor']);
  assert.deepEqual(Object.keys(await c.live()).sort(), ['Auth-Refactor', 'User-Docs']);
  await c.pushed(['--log', 'No-Such-Log'], 2);
});

test('outside git: pushed as well', async (t) => {
  const c = await t.case({ logs: FIVE, git: false });
  await c.pushed();
  assert.equal(Object.keys(await c.live()).length, 5);
  (await c.pushed()).wrote(0);
});

test('a title of 300 characters and no body too long for GitHub', async (t) => {
  const long = `Much ${'ado about a very long title '.repeat(12)}`.trim();
  const c = await t.case({ logs: {} });
  const entries = Array.from({ length: 60 }, (_, i) => ({ v: i + 1, now: 'Words without end. '.repeat(150), decisions: ['é'.repeat(500)] }));
  c.write(file('Long'), log('Long', entries).replace('# Long Work Log', `# ${long} Work Log`));
  c.workspace.commit('Long');
  const first = await c.pushed();
  const issue = await c.issue('Long');
  assert.ok([...issue.title].length <= 256 && [...issue.title].length > 200, issue.title);
  assert.ok(long.startsWith(issue.title.replace(/…$/, '').trim()), issue.title);
  assert.ok(Buffer.byteLength(issue.body) <= 60000, first.said);
  assert.ok(issue.body.trimEnd().endsWith('<!-- /wlsync -->'));
  assert.equal(issue.body.match(/^(```|~~~)/gm)?.length % 2 || 0, 0, 'no fence is left open');
  (await c.pushed()).wrote(0);
});

test('no log found: nothing is asked to be closed, status 0', async (t) => {
  const c = await t.case({ logs: FIVE });
  await c.pushed();
  const before = await c.issues();
  for (const name of Object.keys(FIVE)) c.workspace.remove(file(name));
  c.workspace.commit('Empty');
  const empty = await c.push(['--prune', '--yes']);
  empty.wrote(0);
  assert.deepEqual(await c.issues(), before);
});

test('a wrong token, a missing token, a repository that is not there: status 2, no write', async (t) => {
  const c = await t.case({ logs: FIVE });
  const wrong = await c.push([], { env: { WLSYNC_TOKEN: 'ghp_wrong0wrong0wrong0wrong0wrong0wrong00' } });
  wrong.exits(2).wrote(0);
  assert.ok(!(wrong.out + wrong.err).includes('ghp_wrong'), 'the token is not shown');
  (await c.push([], { env: { WLSYNC_TOKEN: '', GIT_TERMINAL_PROMPT: '0' } })).exits(2).wrote(0);
  (await c.push(['--url', c.proxy.url, '--repo', 'admin/none'], { target: false })).exits(2).wrote(0);
});

await run({ at: 4 });
