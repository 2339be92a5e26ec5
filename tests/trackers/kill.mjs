// SPDX-License-Identifier: MIT
//
// Killed at any moment, cut at any byte, an answer lost after the server had acted: the next push
// ends in the same state as an undisturbed one. Every request of one push × every moment of it,
// each in a repository of its own that was brought to the same start.
import { assert, comment, commentOf, each, recordOf, run, test } from './harness.mjs';
import { CUT, HALF, reply } from './fault-proxy.mjs';
import { FIVE, grown } from './logs.mjs';

const BEFORE = {
  'Auth-Refactor': [{ v: 1, title: 'Schema', next: ['[HIGH] OAuth callback'] }],
  'Data-Model': [{ v: 1, title: 'Draft' }, { v: 2, title: 'Tables' }],
  'Payment-Integration': [{ v: 3, title: 'Webhooks', needs: ['Auth-Refactor-WorkLog-v4'] }],
};
// One with two comments, other labels and another link; one that closes; two new ones.
const AFTER = {
  ...grown(
    grown(
      grown(BEFORE, 'Auth-Refactor', { v: 2, title: 'OAuth' }, { v: 3, title: 'Keys', status: 'blocked', blockers: ['Missing keys'], needs: ['Data-Model-WorkLog-v9'] }),
      'Data-Model', { v: 3, title: 'Done', status: 'completed', progress: 100 }),
    'Payment-Integration', { v: 4, title: 'Refunds', needs: ['Reports-WorkLog-v2'], next: ['[HIGH] Refund events'] }),
  Reports: [{ v: 1, title: 'Sums', needs: ['Auth-Refactor-WorkLog-v4'] }],
  'User-Docs': [{ v: 1, title: 'Outline', status: 'needs_review', needs: ['Reports-WorkLog-v2'] }],
};

// Comments are there; an entry that has one is edited, another entry comes.
const COMMENTED = grown(BEFORE, 'Auth-Refactor', { v: 2, title: 'Firts words', decisions: ['An old one'] });
const EDITED = structuredClone(COMMENTED);
EDITED['Auth-Refactor'][1] = { v: 2, title: 'First words', decisions: ['A new one'] };
EDITED['Auth-Refactor'].push({ v: 3, title: 'More' });

// Each: the logs of one push after the other; the last push is the one that is disturbed.
const SCENARIOS = {
  first: [FIVE],
  next: [BEFORE, AFTER],
  edited: [BEFORE, COMMENTED, EDITED],
};

// A case that was pushed before, and whose logs have gone on since. Folders are shared.
async function started(t, spaces) {
  const c = await t.case({ workspace: spaces[0] });
  for (const space of spaces.slice(0, -1)) {
    c.workspace = space;
    await c.pushed();
  }
  c.proxy.reset();
  c.workspace = spaces.at(-1);
  return c;
}

// What must hold at the end of everything.
async function judge(c, wanted, what) {
  // A killed client leaves its lock behind; a minute later it counts no more.
  c.proxy.clear();
  c.github.advance(120e3);
  const again = await c.push();
  assert.equal(again.status, 0, `${what}: the next push\n${again.said}`);
  assert.deepEqual(await c.state(), wanted, `${what}: the state differs\n${again.said}`);
  for (const issue of await c.issues()) {
    const record = recordOf(issue);
    const markers = issue.comments.map(commentOf).filter(Boolean).map(({ id, v }) => `${id} ${v}`);
    assert.equal(new Set(markers).size, markers.length, `${what}: a comment twice in #${issue.number}`);
    assert.ok(record, `${what}: #${issue.number} has no record`);
    if (record['dup-of']) assert.equal(issue.state, 'closed', `${what}: duplicate #${issue.number}`);
  }
  await c.unlocked(what);
  const last = await c.push();
  assert.equal(last.writes.length, 0, `${what}: one more push has nothing to do\n${last.said}`);
}

// The undisturbed push of a scenario, made once for all tests of this file.
const references = {};
const compared = (t, scenario) => (references[scenario] ??= undisturbed(t, scenario));

async function undisturbed(t, scenario) {
  const spaces = SCENARIOS[scenario].map((logs) => t.workspace(logs));
  const c = await started(t, spaces);
  const one = await c.pushed();
  const log = one.requests.map(({ n, method, path }) => `${n} ${method} ${path.replace(/^\/repos\/[^/]+\/[^/]+/, '')}`);
  const posts = one.requests.filter(({ method }) => method === 'POST').map(({ n }) => n);
  const state = await c.state();
  await judge(c, state, 'undisturbed');
  return { spaces, count: one.requests.length, posts, log, state };
}

// Tries the harm at every request, so many at a time; each failure is told, all count.
async function matrix(t, scenario, name, at, numbers, harm) {
  const all = await compared(t, scenario);
  const failures = [];
  await each(numbers(all), at, async (n) => {
    const what = `${name} at request ${all.log[n - 1]}`;
    try {
      const c = await started(t, all.spaces);
      await harm(c, n, what);
      await judge(c, all.state, what);
      await c.done(t);
    } catch (error) {
      failures.push(`${what}: ${error.message}`);
    }
  });
  for (const failure of failures.slice(1)) comment(failure.slice(0, 600));
  assert.equal(failures.length, 0, `${failures.length} of the cases failed; the first:\n${failures[0]}`);
}

const every = ({ count }) => Array.from({ length: count }, (_, i) => i + 1);
const posts = (all) => all.posts;
const others = (all) => every(all).filter((n) => !all.posts.includes(n));

test('the undisturbed pushes are worth comparing with', async (t) => {
  const { log, state } = await compared(t, 'next');
  assert.deepEqual(Object.keys(state).sort(), Object.keys(AFTER).sort());
  assert.equal(state['Auth-Refactor'].comments.length, 2);
  assert.deepEqual(state['Payment-Integration'].blockers, ['Reports']);
  assert.equal(state['Data-Model'].state, 'closed');
  assert.ok(log.some((line) => / POST \/issues$/.test(line)), log.join('\n'));
  const edited = await compared(t, 'edited');
  assert.equal(edited.state['Auth-Refactor'].comments.length, 2);
  assert.ok(edited.log.some((line) => / PATCH \/issues\/comments\//.test(line)), edited.log.join('\n'));
  for (const name of Object.keys(SCENARIOS)) comment(`${name}: ${(await compared(t, name)).count} requests`);
});

for (const [scenario, words] of [['next', 'push'], ['first', 'first push'], ['edited', 'push with an edited comment']])
  for (const [at, moment] of [['before', 'before it reaches the server'], ['after', 'after the server acted'], ['replied', 'after the answer']])
    test(`${words}: killed at every request, ${moment}`, (t) =>
      matrix(t, scenario, `killed ${at}`, 4, every, async (c, n) => {
        const { child, done } = c.start();
        c.proxy.rule({
          n, at,
          do: async () => {
            await c.kill(child);
            return at === 'replied' ? undefined : CUT;
          },
        });
        await done;
      }));

// The run itself may end well or say "run again"; nothing that it does may be wrong.
const survives = (decision, at) => async (c, n, what) => {
  c.proxy.rule({ n, at, do: () => (typeof decision === 'function' ? decision() : decision) });
  const { status, signal, said } = await c.push();
  assert.ok(!signal && status <= 2, `${what}: ${said}`);
};

// A POST that never arrived is looked for during half a minute before it is tried again, so those
// run all at once.
for (const [numbers, width, kind] of [[others, 4, 'what is not a POST'], [posts, 32, 'every POST']]) {
  test(`the connection is cut before ${kind} arrives`, (t) => matrix(t, 'next', 'cut before', width, numbers, survives(CUT, 'before')));
  test(`the connection is cut after ${kind} was acted on`, (t) => matrix(t, 'next', 'cut after', width, numbers, survives(CUT, 'after')));
  test(`the answer to ${kind} is cut in the middle`, (t) => matrix(t, 'next', 'half an answer', width, numbers, survives(HALF, 'after')));
  test(`502 instead of forwarding ${kind}`, (t) => matrix(t, 'next', '502 instead', width, numbers, survives(reply(502), 'before')));
  test(`502 after ${kind} was acted on`, (t) => matrix(t, 'next', '502 after', width, numbers, survives(reply(502), 'after')));
}

test('killed between the labels and the record, and then the log goes on: one status label', async (t) => {
  const c = await t.case({ logs: BEFORE });
  await c.pushed();
  const blocked = grown(BEFORE, 'Data-Model', { v: 3, status: 'blocked', blockers: ['Keys'], next: ['[HIGH] Wait'] });
  c.update(blocked);
  const { number } = await c.issue('Data-Model');
  const { child, done } = c.start();
  c.proxy.rule({ method: 'PATCH', path: new RegExp(`/issues/${number}$`), nth: 1, do: async () => (await c.kill(child), CUT) });
  await done;
  assert.ok((await c.issue('Data-Model')).labels.includes('status:blocked'), 'the labels were written');
  c.proxy.clear();
  c.github.advance(120e3);
  c.update(grown(blocked, 'Data-Model', { v: 4, status: 'completed' }));
  const last = await c.pushed();
  assert.deepEqual((await c.issue('Data-Model')).labels, ['status:completed', 'wlsync'], last.said);
});

await run({ at: 3 });
