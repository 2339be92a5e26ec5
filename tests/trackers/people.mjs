// SPDX-License-Identifier: MIT
//
// People write in the tracker too: what is theirs stays, byte for byte, with either line ending.
import { assert, commentOf, recordOf, regionOf, run, test } from './harness.mjs';
import { file, grown, log } from './logs.mjs';

const NAME = 'Auth-Refactor';
const LOGS = {
  [NAME]: [{ v: 1, title: 'Schema' }, { v: 2, title: 'OAuth done', progress: 70, next: ['[HIGH] Finish token refresh', '[MED] Tell people'] }],
};
const V3 = grown(LOGS, NAME, { v: 3, title: 'Refresh done', progress: 80, next: ['[HIGH] Revoke tokens'] });
const PAIR = { ...LOGS, Search: [{ v: 1, needs: [`${NAME}-WorkLog-v9`] }] };
const TEAM = { roles: { colleague: 'push' } };
const BEGIN = /^<!-- wlsync:1 [^\r\n]* -->(\r?\n)/m;
const END = '<!-- /wlsync -->';
const LINES = [['\n', 'LF'], ['\r\n', 'CRLF']];

const withEol = (text, eol) => text.replace(/\r?\n/g, eol);
const touched = (one, number) =>
  one.writes.filter(({ path }) => new RegExp(`/issues/${number}(/|$)`).test(path));

// A case that was pushed once, and its one issue.
async function begun(t, options = {}) {
  const c = await t.case({ logs: LOGS, repository: TEAM, ...options });
  await c.pushed();
  return [c, await c.issue(NAME)];
}

const change = (c, number, fields) => c.as('colleague', 'PATCH', `/issues/${number}`, fields);

const BEFORE = 'My own words: `code`  \n\n\tand a tab\n\n- [x] a task\n- [ ] ünï @colleague #1\n\n\n';
const AFTER = '\n\n## Notes\n\n<!-- wlsync is a nice tool -->\n> quoted   \n\nno line end';

for (const [eol, named] of LINES) {
  test(`text before and after the region stays, ${named}`, async (t) => {
    const [c, issue] = await begun(t);
    const [before, after] = [withEol(BEFORE, eol), withEol(AFTER, eol)];
    await change(c, issue.number, { body: before + withEol(issue.body.trimEnd(), eol) + after });
    (await c.pushed()).wrote(0);
    c.update(V3);
    const one = await c.pushed();
    const { body } = await c.issue(NAME);
    assert.equal(body.slice(0, before.length), before, one.said);
    assert.equal(body.slice(-after.length), after, one.said);
    const ours = body.slice(before.length, -after.length);
    assert.ok(BEGIN.test(ours) && ours.startsWith('<!-- wlsync:1 ') && ours.endsWith(END), ours);
    assert.ok(ours.includes('Revoke tokens') && !ours.includes('Finish token refresh'), ours);
    (await c.pushed()).wrote(0);
  });

  test(`an edit inside the region is left alone, --overwrite sets it back, ${named}`, async (t) => {
    const [c, issue] = await begun(t);
    const edited = withEol(`Hello\n\n${issue.body}`, eol).replace('- [ ]', '- [x]').replace(END, `A word of mine${eol}${END}`);
    await change(c, issue.number, { body: edited });
    (await c.pushed([], 1)).wrote(0).says(/drift/i).says(NAME).says('--overwrite');
    (await c.pushed(['--drift', 'ok'], 0)).wrote(0).says(/drift/i);
    assert.equal((await c.issue(NAME)).body, edited);
    c.update(V3);
    const both = await c.pushed([], 1);
    const left = await c.issue(NAME);
    assert.equal(regionOf(left), regionOf({ body: edited }), `both changed: left alone\n${both.said}`);
    assert.equal(left.body.replace(/^<!-- wlsync:1.*$/m, ''), edited.replace(/^<!-- wlsync:1.*$/m, ''), 'all but the marker line');
    assert.equal(recordOf(left).v, '3', `the marker line is always ours\n${both.said}`);
    assert.deepEqual(left.comments.map((one) => commentOf(one).v), ['3']);
    (await c.pushed([], 1)).wrote(0);
    await c.pushed(['--overwrite'], 0);
    const { body } = await c.issue(NAME);
    assert.ok(body.startsWith(withEol('Hello\n\n', eol)), body);
    assert.ok(body.includes('Revoke tokens') && !body.includes('A word of mine'), body);
    (await c.pushed()).wrote(0);
  });

  test(`a quoted marker in people's text of the issue is text, ${named}`, async (t) => {
    const [c, issue] = await begun(t);
    const quote = issue.body.trim().split('\n').map((line) => `> ${line}`).join('\n');
    const first = withEol(`Look:\n\n\`\`\`\`html\n${issue.body.trim()}\n\`\`\`\`\n\n${quote}\n\n`, eol);
    const last = withEol(`\n\n~~~~\n${END}\n~~~~\n`, eol);
    await change(c, issue.number, { body: first + withEol(issue.body.trim(), eol) + last });
    (await c.pushed()).wrote(0);
    c.update(V3);
    const one = await c.pushed();
    const [{ body }] = await c.issues();
    assert.equal(body.slice(0, first.length), first, one.said);
    assert.equal(body.slice(-last.length), last, one.said);
    assert.ok(body.includes('Revoke tokens'), one.said);
    assert.equal((await c.issues()).length, 1);
    (await c.pushed()).wrote(0);
  });
}

const BROKEN = {
  'the begin line removed': (body) => body.replace(BEGIN, ''),
  'the end line removed': (body) => body.replace(END, ''),
  'the end line twice': (body) => `${body}\n${END}\n`,
  'the region twice': (body) => `${body}\n\n${body}\n`,
  'the lines in wrong order': (body) => `${END}\n${body.replace(END, '')}`,
  'both lines removed': (body) => body.replace(BEGIN, '').replace(END, ''),
  'the body emptied': () => '',
  'the begin line indented': (body) => ` ${body}`,
  'the region within a fence': (body) => `\`\`\`\`\`\n${body.trim()}\n\`\`\`\`\`\n`,
  'the region after an unclosed fence': (body) => `\`\`\`\`\`\n\n${body}`,
  'the region quoted': (body) => body.trim().replace(/^/gm, '> '),
  'words before the begin line': (body) => `x ${body}`,
  'words behind the begin line': (body) => body.replace(/^(<!-- wlsync:1 .* -->)/, '$1 x'),
  'a marker of another kind': (body) => body.replace('wlsync:1', 'wlsync:2'),
  'the id taken out': (body) => body.replace(/ id=\S+/, ''),
  'the region right behind a tag': (body) => `<div>\n${body}`,
  'the region within a comment': (body) => `<!--\n${body}`,
  'the region within an HTML block': (body) => `<pre>\n${body.trim()}\n</pre>\n`,
};

test('a broken marker is never written to, and reported, with the anchor label and without', async (t) => {
  const damages = Object.entries(BROKEN);
  const names = damages.map((unused, i) => `Log-${String(i).padStart(2, '0')}`);
  const logs = (v) => Object.fromEntries(names.map((name) => [name, [{ v, next: [`[HIGH] ${name}`] }]]));
  const c = await t.case({ logs: logs(1), repository: TEAM });
  await c.pushed();
  const numbers = {};
  for (const [i, [what, damage]] of damages.entries()) {
    const issue = await c.issue(names[i]).catch(() => assert.fail(`no issue of ${names[i]}`));
    numbers[what] = issue.number;
    assert.notEqual(damage(issue.body), issue.body, what);
    await change(c, issue.number, { body: damage(issue.body) });
  }
  const before = await c.issues();
  c.update(logs(2));
  const one = await c.push(['--overwrite', '--yes', '--prune', '--max-create', '99']);
  one.exits(1).wrote(0);
  for (const [i, [what]] of damages.entries())
    assert.match(one.out, new RegExp(`${names[i]}\\b.*#${numbers[what]}\\b|#${numbers[what]}\\b.*${names[i]}\\b`), `${what}\n${one.said}`);
  assert.deepEqual(await c.issues(), before, one.said);
  for (const number of Object.values(numbers)) await c.as('colleague', 'DELETE', `/issues/${number}/labels/wlsync`);
  const bare = await c.push(['--yes', '--max-create', '99']);
  bare.exits(1).wrote(0);
});

test('what people write around the region does not make it a broken one', async (t) => {
  for (const wrap of [
    (body) => `<details>\n\n${body}\n\n</details>\n`,
    (body) => `> a quote\n${body}`,
    (body) => `- a list\n${body.trimEnd()}\n- and on\n`,
    (body) => `\ufeff\n${body}`,
    (body) => `\`\`\`\ncode\n\`\`\`\n${body}\n~~~\nopen`,
    (body) => `words\n${body.trimEnd()}`,
  ]) {
    const [c, issue] = await begun(t);
    const body = wrap(issue.body);
    await change(c, issue.number, { body });
    c.update(V3);
    const one = await c.pushed();
    const [before, after] = wrap('\u0000').split('\u0000');
    const now = (await c.issue(NAME)).body;
    assert.ok(now.startsWith(before) && now.endsWith(after), `${JSON.stringify(body.slice(0, 40))}\n${one.said}`);
    assert.ok(now.includes('Revoke tokens'), one.said);
    assert.equal((await c.issues()).length, 1);
    await c.done(t);
  }
});

test('a title that a person changed stays; when both changed too; --overwrite sets it', async (t) => {
  const [c, { number }] = await begun(t);
  await change(c, number, { title: 'Auth (urgent)' });
  (await c.pushed([], 1)).wrote(0).says('Auth (urgent)');
  (await c.pushed(['--drift', 'ok'])).wrote(0);
  c.write(file(NAME), log(NAME, V3[NAME]).replace('# Auth Refactor', '# Login'));
  c.workspace.commit('Title');
  const both = await c.pushed([], 1);
  const issue = await c.issue(NAME);
  assert.equal(issue.title, 'Auth (urgent)', both.said);
  assert.ok(issue.body.includes('Revoke tokens'), 'the other fields are set');
  (await c.pushed([], 1)).wrote(0);
  await c.pushed(['--overwrite']);
  assert.equal((await c.issue(NAME)).title, 'Login');
  (await c.pushed()).wrote(0);
});

test('a person gave the title that the log wants later: settled, no drift', async (t) => {
  const [c, { number }] = await begun(t);
  await change(c, number, { title: 'Login' });
  c.write(file(NAME), log(NAME, LOGS[NAME]).replace('# Auth Refactor', '# Login'));
  c.workspace.commit('Title');
  await c.pushed();
  (await c.pushed()).wrote(0);
  await change(c, number, { title: 'Login, quickly' });
  (await c.pushed([], 1)).wrote(0);
});

test('labels: those of people stay, ours that they took off stay off', async (t) => {
  const [c, { number }] = await begun(t);
  await c.as('colleague', 'POST', `/issues/${number}/labels`, { labels: ['bug', 'status:waiting', 'Priority: High'] });
  (await c.pushed()).wrote(0);
  await c.as('colleague', 'DELETE', `/issues/${number}/labels/status:in-progress`);
  (await c.pushed([], 1)).wrote(0).says('status:in-progress');
  (await c.pushed(['--drift', 'ok'])).wrote(0);
  c.update(grown(LOGS, NAME, { v: 3, status: 'blocked', blockers: ['Keys'], next: ['[LOW] Wait'] }));
  const one = await c.push();
  const { labels } = await c.issue(NAME);
  assert.deepEqual(labels, ['Priority: High', 'bug', 'status:blocked', 'status:waiting', 'wlsync'], one.said);
  (await c.pushed()).wrote(0);
  const methods = one.writes.filter(({ path }) => /labels/.test(path)).map(({ method }) => method);
  assert.ok(methods.every((method) => method === 'POST' || method === 'DELETE'), one.said);
});

test('labels: a person set one that the log wants later, in other case', async (t) => {
  const [c, { number }] = await begun(t);
  await c.as('colleague', 'POST', '/labels', { name: 'Status:BLOCKED', color: 'ff0000' });
  await c.as('colleague', 'POST', `/issues/${number}/labels`, { labels: ['Status:BLOCKED'] });
  (await c.pushed()).wrote(0);
  c.update(grown(LOGS, NAME, { v: 3, status: 'blocked', blockers: ['Keys'], next: ['[HIGH] Ask'] }));
  await c.pushed();
  assert.deepEqual((await c.issue(NAME)).labels, ['Status:BLOCKED', 'priority:high', 'wlsync']);
  (await c.pushed()).wrote(0);
  c.update(grown(LOGS, NAME, { v: 4, next: ['[LOW] Go on'] }));
  const one = await c.pushed();
  assert.deepEqual((await c.issue(NAME)).labels, ['status:in-progress', 'wlsync'], one.said);
  (await c.pushed()).wrote(0);
});

test('labels: --overwrite sets ours again and leaves those of people', async (t) => {
  const [c, { number }] = await begun(t);
  await c.as('colleague', 'DELETE', `/issues/${number}/labels/priority:high`);
  await c.as('colleague', 'POST', `/issues/${number}/labels`, { labels: ['bug'] });
  await c.pushed(['--overwrite']);
  assert.deepEqual((await c.issue(NAME)).labels, ['bug', 'priority:high', 'status:in-progress', 'wlsync']);
  (await c.pushed()).wrote(0);
});

test('labels: another prefix in .wlsync takes ours of before away', async (t) => {
  const [c, { number }] = await begun(t);
  await c.as('colleague', 'POST', `/issues/${number}/labels`, { labels: ['bug'] });
  c.write('.wlsync', '[tracker "github"]\n\ttype = github\n\tlabel-prefix = wl/\n');
  c.workspace.commit('Prefix');
  await c.pushed();
  const { labels } = await c.issue(NAME);
  assert.deepEqual(labels, ['bug', 'wl/priority:high', 'wl/status:in-progress', 'wlsync']);
  (await c.pushed()).wrote(0);
});

test('the anchor label that a person took off is set again', async (t) => {
  const [c, { number }] = await begun(t);
  await c.as('colleague', 'DELETE', `/issues/${number}/labels/wlsync`);
  const one = await c.pushed();
  assert.deepEqual((await c.issue(NAME)).labels, ['priority:high', 'status:in-progress', 'wlsync'], one.said);
  assert.equal((await c.issues()).length, 1);
  assert.ok(one.writes.every(({ path }) => /\/labels$/.test(path)), one.said);
  (await c.pushed()).wrote(0);
});

for (const reason of ['completed', 'not_planned'])
  test(`an issue that a person closed (${reason}) stays closed until a newer version`, async (t) => {
    const [c, { number }] = await begun(t);
    await change(c, number, { state: 'closed', state_reason: reason });
    (await c.pushed([], 1)).wrote(0);
    (await c.pushed(['--drift', 'ok'])).wrote(0);
    const same = structuredClone(LOGS);
    same[NAME][1].next.push('[LOW] One thing more');
    c.update(same);
    const edited = await c.push();
    let issue = await c.issue(NAME);
    assert.equal(issue.state, 'closed', `no newer version\n${edited.said}`);
    assert.ok(issue.body.includes('One thing more'), edited.said);
    c.update(V3);
    const newer = await c.pushed();
    issue = await c.issue(NAME);
    assert.equal(issue.state, 'open', newer.said);
    await change(c, number, { state: 'closed' });
    const again = await c.pushed([], 1);
    assert.equal((await c.issue(NAME)).state, 'closed', `once for each version\n${again.said}`);
  });

test('an issue that a person reopened stays open until a newer version', async (t) => {
  const done = grown(LOGS, NAME, { v: 3, status: 'completed', progress: 100 });
  const [c, { number, state }] = await begun(t, { logs: done });
  assert.equal(state, 'closed');
  await change(c, number, { state: 'open' });
  (await c.pushed([], 1)).wrote(0);
  assert.equal((await c.issue(NAME)).state, 'open');
  c.update(grown(done, NAME, { v: 4, status: 'completed', progress: 100 }));
  await c.pushed();
  const issue = await c.issue(NAME);
  assert.deepEqual([issue.state, issue.state_reason], ['closed', 'completed']);
  (await c.pushed()).wrote(0);
});

// A body as wlsync wrote it, for somebody to copy.
async function bodyOf(t) {
  const [c, { body }] = await begun(t);
  await c.done(t);
  return body;
}

test('a marker that a stranger forged before the first push, with a lower number', async (t) => {
  const body = await bodyOf(t);
  const c = await t.case({ logs: LOGS, repository: TEAM });
  const forged = await c.as('mallory', 'POST', '/issues', { title: 'Auth Refactor', body });
  const one = await c.push();
  assert.ok(one.status <= 1, one.said);
  one.says(`#${forged.number}`);
  const all = await c.issues();
  assert.equal(all.length, 2, one.said);
  assert.equal(all[0].body, body);
  assert.deepEqual([all[0].labels, all[0].state], [[], 'open']);
  assert.equal(all[1].user, 'admin');
  (await c.push()).wrote(0);
  // Somebody with rights gives it the label: it is still a stranger's.
  await c.as('colleague', 'POST', `/issues/${forged.number}/labels`, { labels: ['wlsync'] });
  c.update(V3);
  const later = await c.push();
  assert.equal(touched(later, forged.number).length, 0, later.said);
  const [left, ours] = await c.issues();
  assert.equal(left.body, body);
  assert.equal(recordOf(ours).v, '3');
  assert.equal(ours.state, 'open');
  (await c.push()).wrote(0);
});

test('a forged marker by somebody who only contributed does not count', async (t) => {
  const body = await bodyOf(t);
  const c = await t.case({ logs: LOGS, repository: { associations: { mallory: 'CONTRIBUTOR' } } });
  const { number } = await c.as('mallory', 'POST', '/issues', { title: 'x', body });
  const one = await c.push();
  assert.equal(touched(one, number).length, 0, one.said);
  assert.equal((await c.issues()).length, 2, one.said);
});

for (const [who, repository, config] of [
  ['colleague', TEAM],
  ['mallory', { associations: { mallory: 'MEMBER' } }],
  ['mallory', {}, '[tracker "github"]\n\ttype = github\n\ttrust = Mallory\n'],
  ['github-actions[bot]', {}],
])
  test(`a marker by somebody to trust counts: ${who}${config ? ', in trust' : ''}`, async (t) => {
    const body = await bodyOf(t);
    const c = await t.case({ logs: V3, repository, config });
    const { number } = await c.as(who, 'POST', '/issues', { title: 'Auth Refactor', body });
    await c.as('admin', 'POST', `/issues/${number}/labels`, { labels: ['status:in-progress', 'priority:high'] });
    const one = await c.pushed();
    const all = await c.issues();
    assert.equal(all.length, 1, one.said);
    assert.equal(all[0].number, number);
    assert.equal(recordOf(all[0]).v, '3');
    assert.ok(all[0].labels.includes('wlsync'), one.said);
    assert.ok(all[0].body.includes('Revoke tokens'), one.said);
    (await c.pushed()).wrote(0);
  });

for (const [what, quote] of [
  ['in a fence', (body) => `See:\n\n\`\`\`\`\n${body}\n\`\`\`\`\n`],
  ['in a quote', (body) => `See:\n\n${body.replace(/^/gm, '> ')}\n`],
])
  test(`an issue that quotes a marker ${what} is never written to`, async (t) => {
    const [c, issue] = await begun(t);
    const body = quote(issue.body);
    const { number } = await c.as('colleague', 'POST', '/issues', { title: 'Odd text', body, labels: ['wlsync'] });
    (await c.push()).wrote(0);
    c.update(V3);
    const one = await c.push();
    assert.equal(touched(one, number).length, 0, one.said);
    const [ours, quoting] = await c.issues();
    assert.equal(quoting.body, body);
    assert.equal(recordOf(ours).v, '3', one.said);
    // A stranger's quote, and no issue of ours yet: it does not keep the log from getting one.
    const fresh = await t.case({ logs: LOGS });
    await fresh.as('mallory', 'POST', '/issues', { title: 'Odd text', body });
    const first = await fresh.push();
    const all = await fresh.issues();
    assert.equal(all.length, 2, first.said);
    assert.equal(all[0].body, body);
    (await fresh.push()).wrote(0);
  });

test('a locked issue: no comment, reported, the rest is set; unlocked, the comment comes', async (t) => {
  const [c, { number }] = await begun(t);
  c.repository.locked.add(number);
  c.update(V3);
  const one = await c.push();
  one.exits(1).says(/locked/i);
  assert.equal(one.writes.filter(({ path }) => /comments/.test(path)).length, 1, `not tried again\n${one.said}`);
  let issue = await c.issue(NAME);
  assert.ok(issue.body.includes('Revoke tokens'), one.said);
  assert.equal(issue.comments.length, 0);
  c.repository.locked.delete(number);
  const two = await c.pushed();
  issue = await c.issue(NAME);
  assert.deepEqual(issue.comments.map((some) => commentOf(some).v), ['3'], two.said);
  (await c.pushed()).wrote(0);
});

for (const [size, unit] of [[59000, 'x'], [59900, 'é'], [70000, 'é']])
  test(`people's text of ${size} bytes stays; the region makes room, or is not written`, async (t) => {
    const [c, issue] = await begun(t);
    const words = `${unit.repeat(Math.floor(size / Buffer.byteLength(unit)) - 1)}\n\n`;
    await change(c, issue.number, { body: words + issue.body });
    c.update(V3);
    const one = await c.push();
    assert.ok(one.requests.every(({ status }) => status < 400), one.said);
    const { body, labels } = await c.issue(NAME);
    assert.ok(body.startsWith(words), one.said);
    assert.ok(labels.includes('status:in-progress'));
    if (size < 59500) {
      one.exits(0);
      assert.ok(Buffer.byteLength(body) <= 60000, `${Buffer.byteLength(body)} bytes\n${one.said}`);
      assert.match(regionOf({ body }), /Auth-Refactor-WorkLog\.md/);
      (await c.pushed()).wrote(0);
    } else {
      one.exits(1).says(NAME);
      (await c.push()).exits(1).wrote(0);
    }
    await change(c, issue.number, { body: body.slice(words.length) });
    const last = await c.push(['--overwrite']);
    assert.ok((await c.issue(NAME)).body.includes('Revoke tokens'), `room again\n${last.said}`);
    (await c.pushed()).wrote(0);
  });

const MOMENTS = {
  'before the issue is read again': { method: 'GET', path: /\/issues\/\d+$/ },
  'before a label is added': { method: 'POST', path: /\/issues\/\d+\/labels$/ },
  'before a label is removed': { method: 'DELETE', path: /\/issues\/\d+\/labels\// },
  'before a comment is written': { method: 'POST', path: /\/issues\/\d+\/comments$/ },
};
const BLOCKED = grown(LOGS, NAME, { v: 3, status: 'blocked', blockers: ['Missing keys'], next: ['[HIGH] Ask'] });

for (const [when, rule] of Object.entries(MOMENTS)) {
  test(`a person writes ${when}: it stays`, async (t) => {
    const [c, issue] = await begun(t);
    c.update(BLOCKED);
    const seen = c.proxy.rule({
      ...rule, nth: 1,
      do: () => change(c, issue.number, { body: `In between\r\n\r\n${issue.body}\nand after` }).then(() => undefined),
    });
    const one = await c.pushed();
    assert.equal(seen.seen >= 1, true, `the moment never came\n${one.said}`);
    const { body } = await c.issue(NAME);
    assert.ok(body.startsWith('In between\r\n\r\n<!-- wlsync:1 '), `${one.said}\n${body}`);
    assert.ok(body.endsWith('\nand after'), body);
    assert.ok(body.includes('Missing keys'), body);
    (await c.pushed()).wrote(0);
  });

  test(`a person changes title and region ${when}: left alone`, async (t) => {
    const [c, issue] = await begun(t);
    c.update(BLOCKED);
    const body = issue.body.replace(END, `Mine\n${END}`);
    c.proxy.rule({ ...rule, nth: 1, do: () => change(c, issue.number, { title: 'Mine', body }).then(() => undefined) });
    const one = await c.push();
    const now = await c.issue(NAME);
    assert.equal(now.title, 'Mine', one.said);
    assert.equal(regionOf(now), regionOf({ body }), one.said);
    const two = await c.push();
    two.exits(1).says('Mine');
    assert.equal(regionOf(await c.issue(NAME)), regionOf({ body }));
    (await c.pushed([], 1)).wrote(0);
  });
}

for (const [what, alter] of [
  ['a newer version', (body) => body.replace(/ v=2 /, ' v=9 ')],
  ['that it is a duplicate', (body) => body.replace(/^<!-- wlsync:1 .*$/m, '<!-- wlsync:1 id=Auth-Refactor src=acme/shop dup-of #77 -->')],
  ['another log', (body) => body.replace(' id=Auth-Refactor ', ' id=Other ')],
])
  test(`the record says ${what} when read again: the log is skipped`, async (t) => {
    const [c, issue] = await begun(t);
    c.update(V3);
    const body = alter(issue.body);
    assert.notEqual(body, issue.body);
    c.proxy.rule({ method: 'GET', path: /\/issues\/\d+$/, nth: 1, do: () => change(c, issue.number, { body }).then(() => undefined) });
    const one = await c.push();
    assert.ok(!one.writes.some(({ method, path }) => method === 'PATCH' && /\/issues\/\d+$/.test(path)), one.said);
    const [now] = await c.issues();
    assert.equal(now.body, body);
    assert.equal(now.comments.length, 0, one.said);
  });

test('a server that makes CRLF of every line end: no second write', async (t) => {
  const c = await t.case({ logs: LOGS });
  c.proxy.rule({
    when: ({ method, path }) => (method === 'POST' || method === 'PATCH') && /\/(issues|comments)(\/\d+)?$/.test(path),
    do: (context) => {
      const value = JSON.parse(context.body);
      if (value.body) context.body = Buffer.from(JSON.stringify({ ...value, body: withEol(value.body, '\r\n') }));
    },
  });
  (await c.pushed()).wrote((await c.issues()).length + 2);
  (await c.pushed()).wrote(0);
  c.update(V3);
  await c.pushed();
  (await c.pushed()).wrote(0);
});

test('a server that stores another text: recorded once, not fought', async (t) => {
  const c = await t.case({ logs: LOGS });
  c.proxy.rule({
    when: ({ method, path }) => (method === 'POST' || method === 'PATCH') && /\/issues(\/\d+)?$/.test(path),
    do: (context) => {
      const value = JSON.parse(context.body);
      if (value.body) context.body = Buffer.from(JSON.stringify({ ...value, body: value.body.replaceAll('token', 'tocken') }));
    },
  });
  const one = await c.push();
  const own = one.writes.filter(({ path }) => /\/issues(\/\d+)?$/.test(path));
  assert.ok(own.length <= 2, one.said);
  assert.equal((await c.issues()).length, 1);
  const two = await c.push();
  two.wrote(0);
  c.update(V3);
  await c.push();
  assert.equal(recordOf(await c.issue(NAME)).v, '3');
  (await c.push()).wrote(0);
});

test('a server that stores another text each time: reported, at most one further PATCH', async (t) => {
  const [c] = await begun(t);
  let count = 0;
  c.proxy.rule({
    when: ({ method, path }) => method === 'PATCH' && /\/issues\/\d+$/.test(path),
    do: (context) => {
      const value = JSON.parse(context.body);
      if (value.body)
        context.body = Buffer.from(JSON.stringify({ ...value, body: value.body.replace(END, `changed ${++count}\n${END}`) }));
    },
  });
  c.update(V3);
  const one = await c.push();
  one.exits(1).says(NAME);
  assert.ok(one.writes.filter(({ method }) => method === 'PATCH').length <= 2, one.said);
});

test('a link that a person removed stays away; --overwrite sets it again', async (t) => {
  const c = await t.case({ logs: PAIR, repository: TEAM });
  await c.pushed();
  const [auth, search] = [await c.issue(NAME), await c.issue('Search')];
  assert.deepEqual(search.blockers, [auth.number]);
  await c.as('colleague', 'DELETE', `/issues/${search.number}/dependencies/blocked_by/${auth.id}`);
  const one = await c.push();
  one.exits(1).wrote(0);
  c.update(grown(PAIR, 'Search', { v: 2, needs: [`${NAME}-WorkLog-v9`] }));
  const two = await c.push();
  assert.deepEqual((await c.issue('Search')).blockers, [], two.said);
  await c.pushed(['--overwrite']);
  assert.deepEqual((await c.issue('Search')).blockers, [auth.number]);
  (await c.pushed()).wrote(0);
});

test('a link that a person made is not claimed, and stays when ours goes', async (t) => {
  const c = await t.case({ logs: { ...PAIR, Docs: [{ v: 1 }], Data: [{ v: 1 }] }, repository: TEAM });
  await c.pushed();
  const live = await c.live();
  await c.as('colleague', 'POST', `/issues/${live.Search.number}/dependencies/blocked_by`, { issue_id: live.Docs.id });
  (await c.pushed()).wrote(0);
  c.update({ Search: [...PAIR.Search, { v: 2, needs: ['Data-WorkLog-v2'] }] });
  const one = await c.pushed();
  const search = await c.issue('Search');
  const both = [live.Docs.number, live.Data.number].sort((a, b) => a - b);
  assert.deepEqual(search.blockers, both, one.said);
  assert.equal(recordOf(search).links, String(live.Data.number));
  (await c.pushed()).wrote(0);
});

test('comments of people are never touched, not even with our marker in them', async (t) => {
  const [c, { number }] = await begun(t);
  const said = async () => (await c.issue(NAME)).comments.filter(({ user }) => user !== 'admin');
  await c.as('colleague', 'POST', `/issues/${number}/comments`, { body: 'Mine, and @admin\'s' });
  await c.as('mallory', 'POST', `/issues/${number}/comments`, {
    body: '<!-- wlsync-comment:1 id=Auth-Refactor v=3 hash=0123456789abcdef -->\nForged',
  });
  const before = await said();
  c.update(V3);
  const one = await c.pushed();
  const ours = (await c.issue(NAME)).comments.filter(({ user }) => user === 'admin');
  assert.deepEqual(ours.map((some) => commentOf(some).v), ['3'], `a forged one is not taken for ours\n${one.said}`);
  // A colleague copies ours, word for word.
  await c.as('colleague', 'POST', `/issues/${number}/comments`, { body: ours[0].body });
  const copied = await said();
  assert.equal(copied.length, before.length + 1);
  const later = structuredClone(grown(V3, NAME, { v: 4 }));
  later[NAME][2].title = 'Refresh really done';
  c.update(later);
  const two = await c.pushed();
  assert.deepEqual(await said(), copied, two.said);
  const now = (await c.issue(NAME)).comments.filter(({ user }) => user === 'admin');
  assert.deepEqual(now.map((some) => commentOf(some).v), ['3', '4'], two.said);
  assert.ok(now[0].body.includes('really'), two.said);
  (await c.pushed()).wrote(0);
});

test('of own comments with one marker the lowest lives', async (t) => {
  const [c, { number }] = await begun(t);
  c.update(V3);
  await c.pushed();
  const [first] = (await c.issue(NAME)).comments;
  await c.as('admin', 'POST', `/issues/${number}/comments`, { body: first.body });
  await c.as('admin', 'POST', `/issues/${number}/comments`, { body: 'A word of the account itself' });
  c.update(grown(V3, NAME, { v: 4 }));
  const one = await c.pushed();
  const { comments } = await c.issue(NAME);
  assert.equal(comments[0].id, first.id, one.said);
  assert.deepEqual(comments.map((some) => commentOf(some)?.v), ['3', undefined, '4'], one.said);
  (await c.pushed()).wrote(0);
});

test('a comment of ours that a person deleted or edited is not forced back', async (t) => {
  const [c] = await begun(t);
  c.update(V3);
  await c.pushed();
  const [{ id }] = (await c.issue(NAME)).comments;
  await c.as('admin', 'DELETE', `/issues/comments/${id}`);
  (await c.pushed()).wrote(0);
  assert.equal((await c.issue(NAME)).comments.length, 0);
});

test('a server that stores another title: set once, not fought', async (t) => {
  const [c] = await begun(t);
  c.proxy.rule({
    method: 'PATCH', path: /\/issues\/\d+$/,
    do: (context) => {
      const value = JSON.parse(context.body);
      if (value.title) context.body = Buffer.from(JSON.stringify({ ...value, title: value.title.slice(0, 3) }));
    },
  });
  c.write(file(NAME), log(NAME, LOGS[NAME]).replace('# Auth Refactor', '# Login'));
  c.workspace.commit('Title');
  const one = await c.push();
  assert.ok(one.writes.length <= 2, one.said);
  (await c.pushed([], 1)).wrote(0).says('Log');
  (await c.push()).wrote(0);
});

await run({ at: 4 });
