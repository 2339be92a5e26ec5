// SPDX-License-Identifier: MIT
//
// Which issue is a log's, which is not, and when nothing may be written at all.
import path from 'node:path';
import { assert, recordOf, run, test } from './harness.mjs';
import { cut, edit } from './fault-proxy.mjs';
import { file, grown, log, many } from './logs.mjs';

const NAME = 'Auth-Refactor';
const ENTRIES = [{ v: 2, title: 'OAuth done', progress: 70, next: ['[HIGH] Finish token refresh'] }];
const LOGS = { [NAME]: ENTRIES };
const TWO = { ...LOGS, Search: [{ v: 1 }] };
const TEAM = { roles: { colleague: 'push' } };
const END = '<!-- /wlsync -->';

const cold = (c) => ({ env: { XDG_CACHE_HOME: path.join(c.temporary, 'cold') } });
const touched = (one, number) => one.writes.filter(({ path: p }) => new RegExp(`/issues/${number}(/|$)`).test(p));
const created = (one) => one.writes.filter(({ method, path: p }) => method === 'POST' && /\/issues$/.test(p));
const opened = (c, fields, who = 'admin') => c.as(who, 'POST', '/issues', { title: 'An idea', body: 'People wrote this.\r\n', ...fields });

async function begun(t, options = {}) {
  const c = await t.case({ logs: LOGS, repository: TEAM, ...options });
  await c.pushed();
  return c;
}

function front(c, name, entries, fields, title) {
  const text = log(name, entries, fields);
  c.write(file(name), title ? text.replace(/^# .*$/m, `# ${title}`) : text);
  c.workspace.commit('Frontmatter');
}

// As if the issues with these numbers were pull requests.
function asPulls(c, numbers) {
  const dress = (issue) => (numbers.includes(issue.number) ? { ...issue, pull_request: { url: `${c.proxy.url}/x` } } : issue);
  c.proxy.rule({
    method: 'GET', path: /\/issues(\/\d+)?$/, at: 'after', when: ({ status }) => status === 200,
    do: edit((got) => (Array.isArray(got) ? got.map(dress) : dress(got))),
  });
}

// ---- names and numbers ----

test('id: a log that was renamed keeps its issue', async (t) => {
  const c = await begun(t);
  const { number } = await c.issue(NAME);
  c.workspace.remove(file(NAME));
  front(c, 'Login', grown(LOGS, NAME, { v: 3 })[NAME], { id: NAME });
  const one = await c.pushed();
  const all = await c.issues();
  assert.deepEqual(all.map((issue) => [issue.number, issue.title]), [[number, 'Login']], one.said);
  assert.match(all[0].body, /Login-WorkLog\.md/);
  (await c.pushed()).wrote(0);
});

test('issue: the number in the frontmatter wins, whoever made the issue; the lower one is its duplicate', async (t) => {
  const c = await begun(t);
  const theirs = await opened(c, {}, 'mallory');
  front(c, NAME, ENTRIES, { issue: theirs.number });
  const one = await c.pushed();
  const ours = await c.issue(NAME);
  assert.equal(ours.number, theirs.number, one.said);
  assert.ok(ours.body.startsWith('People wrote this.\r\n'), ours.body);
  const [first] = await c.issues();
  assert.deepEqual([first.state, recordOf(first)['dup-of']], ['closed', `#${theirs.number}`], one.said);
  (await c.pushed()).wrote(0);
});

for (const [what, prepare] of [
  ['that does not exist', () => 99],
  ['that was deleted', async (c) => {
    const { number } = await opened(c);
    c.repository.deleted.add(number);
    return number;
  }],
  ['that is a pull request', async (c) => {
    const { number } = await opened(c);
    asPulls(c, [number]);
    return number;
  }],
  ['that is another log\'s', async (c) => (await c.issue('Search')).number],
  ['that has a broken marker', async (c) => (await opened(c, { body: `${(await c.issue('Search')).body.replace(END, '')}\n` })).number],
])
  for (const command of ['push', 'adopt'])
    test(`${command === 'push' ? 'issue: a number' : 'adopt refuses an issue'} ${what}`, async (t) => {
      const c = await t.case({ logs: { Search: [{ v: 1 }] } });
      await c.pushed();
      const number = await prepare(c);
      front(c, NAME, ENTRIES, command === 'push' ? { issue: number } : {});
      const before = [await c.issues(), c.workspace.read(file(NAME))];
      const one = command === 'push' ? await c.push() : await c.push([`${NAME}#${number}`], { command: ['adopt'] });
      one.exits(command === 'push' ? 1 : 2).wrote(0).says(`${number}`);
      assert.deepEqual([await c.issues(), c.workspace.read(file(NAME))], before, one.said);
    });

for (const [eol, named] of [['\n', 'LF'], ['\r\n', 'CRLF']])
  test(`adopt: number into the file, marker into the issue, no other byte, ${named}`, async (t) => {
    const c = await t.case({ logs: {} });
    const { number } = await opened(c, { title: 'Auth Refactor', body: `Words${eol}${eol}of people  ` }, 'mallory');
    const text = log(NAME, ENTRIES).replace(/\n/g, eol);
    c.write(file(NAME), text);
    c.workspace.commit('Log');
    (await c.push(['--dry-run', `${NAME}#${number}`], { command: ['adopt'] })).exits(0).wrote(0);
    assert.equal(c.workspace.read(file(NAME)), text);
    const one = await c.push([`${NAME}#${number}`], { command: ['adopt'] });
    one.exits(0);
    const now = c.workspace.read(file(NAME));
    assert.ok(now.includes(`issue: ${number}${eol}`), now);
    assert.equal(now.replace(`issue: ${number}${eol}`, ''), text, 'one line, and no other byte');
    const ours = await c.issue(NAME);
    assert.equal(ours.number, number);
    assert.ok(ours.body.startsWith(`Words${eol}${eol}of people  `), JSON.stringify(ours.body.slice(0, 80)));
    assert.ok(ours.labels.includes('wlsync') && ours.labels.includes('status:in-progress'), one.said);
    assert.equal((await c.issues()).length, 1);
    (await c.pushed()).wrote(0);
    c.workspace.commit('Adopted');
    (await c.pushed()).wrote(0);
  });

test('adopt: a log without frontmatter gets one', async (t) => {
  const c = await t.case({ logs: {} });
  const { number } = await opened(c);
  const text = log(NAME, ENTRIES).replace(/^---[^]*?---\n\n/, '');
  c.write(file(NAME), text);
  c.workspace.commit('Log');
  await c.pushed([`${NAME}#${number}`], 0, { command: ['adopt'] });
  const now = c.workspace.read(file(NAME));
  assert.ok(now.startsWith('---\n') && now.endsWith(text) && now.includes(`issue: ${number}\n`), now);
  (await c.pushed()).wrote(0);
  assert.equal((await c.issues()).length, 1);
});

test('adopt: wrong words are errors, and nothing is written', async (t) => {
  const c = await begun(t);
  const before = c.workspace.read(file(NAME));
  for (const words of ['', 'Nobody#1', NAME, `${NAME}#`, `${NAME}#0`, `${NAME}#1x`, `${NAME}#99999999999999999999`, `${NAME}#1 Search#2`]) {
    const one = await c.push(words ? words.split(' ') : [], { command: ['adopt'] });
    one.exits(2).wrote(0);
  }
  assert.equal(c.workspace.read(file(NAME)), before);
});

test('ids with odd letters keep their issues', async (t) => {
  const ids = [
    'a b', '100%', 'x=y', '--> <!-- /wlsync -->', 'Zoë', '\'q\' "r"', 'a,b;c', 'a#1', '\u{1F600}', 'x'.repeat(500),
    '<!-- wlsync:1 id=b -->', 'dup-of #1',
  ];
  const c = await t.case({ logs: {} });
  const all = (v) => {
    for (const [i, id] of ids.entries()) c.write(file(`Log-${i}`), log(`Log-${i}`, [{ v }], { id: `'${id.replace(/'/g, "''")}'` }));
    c.workspace.commit('Odd');
  };
  all(1);
  const one = await c.pushed();
  const first = await c.issues();
  assert.equal(first.length, ids.length, one.said);
  for (const { body } of first) {
    assert.equal(body.match(/^<!-- wlsync:1 .* -->$/gm)?.length, 1, body);
    assert.equal(body.match(/^<!-- \/wlsync -->$/gm)?.length, 1, body);
  }
  assert.deepEqual(first.map((issue) => recordOf(issue).id).sort(), [...ids].sort());
  (await c.pushed()).wrote(0);
  all(2);
  await c.pushed(['--yes', '--comments', 'none']);
  const second = await c.issues();
  assert.deepEqual(second.map((issue) => [issue.number, recordOf(issue).v]), first.map(({ number }) => [number, '2']));
  (await c.pushed([], 0, cold(c))).wrote(0);
});

test('two logs with one id: neither is pushed, the others are', async (t) => {
  const c = await t.case({ logs: { Search: [{ v: 1 }] } });
  c.write(file(NAME), log(NAME, ENTRIES));
  c.write(file('Login'), log('Login', ENTRIES, { id: NAME }));
  c.workspace.commit('Two');
  const one = await c.push(['--prune']);
  one.exits(1).says(NAME).says('Login');
  assert.deepEqual((await c.issues()).map(({ title }) => title), ['Search'], one.said);
  (await c.push()).exits(1).wrote(0);
});

test('two logs with one id: an issue that is there stays as it is', async (t) => {
  const c = await begun(t);
  const before = await c.issues();
  c.write(file('Login'), log('Login', [{ v: 7 }], { id: NAME.toLowerCase() }));
  c.workspace.commit('Two');
  (await c.push(['--prune', '--force'])).exits(1).wrote(0);
  assert.deepEqual(await c.issues(), before);
});

for (const [who, repository] of [['admin', {}], ['colleague', TEAM]])
  for (const state of ['open', 'closed'])
    test(`an issue with the log's title and no marker, by ${who}, ${state}: offered, not doubled`, async (t) => {
      const c = await t.case({ logs: TWO, repository });
      const { number } = await opened(c, { title: 'Auth Refactor' }, who);
      if (state === 'closed') await c.as('admin', 'PATCH', `/issues/${number}`, { state });
      const before = await c.issues();
      const one = await c.push();
      one.exits(1).says(`wlsync adopt ${NAME}#${number}`);
      const all = await c.issues();
      assert.deepEqual(all.map(({ title }) => title), ['Auth Refactor', 'Search'], one.said);
      assert.deepEqual(all[0], before[0]);
      await c.pushed([`${NAME}#${number}`], 0, { command: ['adopt'] });
      (await c.pushed()).wrote(0);
    });

test('a stranger\'s issue with the log\'s title keeps no log from its issue', async (t) => {
  const c = await t.case({ logs: LOGS });
  const { number } = await opened(c, { title: 'Auth Refactor' }, 'mallory');
  const one = await c.push();
  assert.equal(created(one).length, 1, one.said);
  assert.equal(touched(one, number).length, 0, one.said);
});

test('a pull request with the log\'s title or marker is no issue', async (t) => {
  const c = await begun(t);
  const { body, number } = await c.issue(NAME);
  asPulls(c, [number]);
  c.update(grown(LOGS, NAME, { v: 3 }));
  const one = await c.push([], cold(c));
  assert.equal(touched(one, number).length, 0, one.said);
  assert.equal((await c.issues())[0].body, body);
});

// ---- sources ----

test('the same log of another source: reported, neither written nor doubled', async (t) => {
  const c = await begun(t);
  const before = await c.issues();
  const other = t.workspace(grown(LOGS, NAME, { v: 5 }), { origin: 'https://github.com/other/project.git' });
  const one = await c.push(['--prune', '--force', '--overwrite', '--yes'], { folder: other.folder });
  one.exits(1).wrote(0).says('acme/shop');
  assert.deepEqual(await c.issues(), before);
  c.workspace.remove(file(NAME));
  c.write(file('Search'), log('Search', [{ v: 1 }]));
  c.workspace.commit('Other');
  assert.equal((await c.push(['--prune'])).status <= 1, true);
});

test('an issue of another source is not taken by its number', async (t) => {
  const c = await begun(t);
  const before = await c.issues();
  const other = t.workspace({}, { origin: 'https://github.com/other/project.git' });
  for (const [name, fields] of [[NAME, { issue: 1 }], ['Login', { issue: 1 }]]) {
    other.write(file(name), log(name, [{ v: 9 }], fields));
    other.commit('Number');
    const one = await c.push(['--force', '--overwrite'], { folder: other.folder });
    one.exits(1).wrote(0);
    other.remove(file(name));
  }
  assert.deepEqual(await c.issues(), before);
});

test('logs of another source are not gone: --prune leaves them', async (t) => {
  const c = await begun(t);
  const before = await c.issue(NAME);
  const other = t.workspace({ Search: [{ v: 5 }] }, { origin: 'https://github.com/other/project.git' });
  const one = await c.push(['--prune', '--yes'], { folder: other.folder });
  assert.deepEqual(await c.issue(NAME), before, one.said);
  assert.equal((await c.issues()).length, 2, one.said);
});

for (const [what, options] of [
  ['origin in other case', { origin: 'git@github.com:ACME/Shop.git' }],
  ['an empty one, outside git', { git: false }],
  ['source in .wlsync', { origin: 'https://github.com/me/fork.git', config: '[tracker "github"]\n\ttype = github\n\tsource = acme/shop\n' }],
])
  test(`the same source: ${what}`, async (t) => {
    const c = await begun(t);
    const other = t.workspace(grown(LOGS, NAME, { v: 5 }), options);
    const one = await c.pushed([], 0, { folder: other.folder });
    const all = await c.issues();
    assert.deepEqual(all.map((issue) => recordOf(issue).v), ['5'], one.said);
  });

// ---- duplicates ----

test('two issues with the marker: the lower lives, the other is closed for good', async (t) => {
  const c = await begun(t);
  const first = await c.issue(NAME);
  const second = await opened(c, { title: first.title, body: first.body, labels: first.labels });
  const one = await c.push();
  assert.ok(one.status <= 1, one.said);
  let twin = (await c.issues())[1];
  assert.deepEqual([twin.state, recordOf(twin)['dup-of']], ['closed', `#${first.number}`], one.said);
  assert.ok(['duplicate', 'not_planned'].includes(twin.state_reason), twin.state_reason);
  assert.equal((await c.issue(NAME)).number, first.number);
  (await c.pushed()).wrote(0);
  await c.as('colleague', 'PATCH', `/issues/${second.number}`, { state: 'open', title: 'Again', body: `${twin.body}\nand words` });
  twin = (await c.issues())[1];
  c.update(grown(LOGS, NAME, { v: 3 }));
  const later = await c.push(['--overwrite']);
  assert.equal(touched(later, second.number).length, 0, later.said);
  assert.deepEqual((await c.issues())[1], twin);
});

for (const [what, write] of [
  ['in the body', (c, { number, body }) => c.as('colleague', 'PATCH', `/issues/${number}`, { body: `I say:\n\n${body}` })],
  ['a comment', (c, { number }) => c.as('colleague', 'POST', `/issues/${number}/comments`, { body: 'I say' })],
])
  test(`a duplicate that people wrote in (${what}) stays open and is reported`, async (t) => {
    const c = await begun(t);
    const first = await c.issue(NAME);
    const second = await opened(c, { title: first.title, body: first.body, labels: first.labels });
    await write(c, { ...second, body: first.body });
    const before = (await c.issues())[1];
    const one = await c.push();
    one.exits(1).says(`#${second.number}`);
    assert.deepEqual((await c.issues())[1], before, one.said);
    c.update(grown(LOGS, NAME, { v: 3 }));
    const two = await c.push();
    two.exits(1);
    assert.equal(recordOf((await c.issues())[0]).v, '3', two.said);
    assert.deepEqual((await c.issues())[1], before, two.said);
  });

// ---- deleted, moved, gone ----

for (const [what, leave] of [
  ['deleted', (c, number) => c.repository.deleted.add(number)],
  ['moved', (c, number) => c.repository.moved.set(number, { repository: 'admin/elsewhere', number: 7 })],
])
  test(`an issue that was ${what}: with the cache reported, not made again`, async (t) => {
    const c = await begun(t, { logs: TWO });
    const { number } = await c.issue(NAME);
    leave(c, number);
    const one = await c.push();
    one.exits(1).says(NAME).says(new RegExp(what));
    assert.equal(created(one).length, 0, one.said);
    assert.ok(!one.requests.some(({ path: p }) => p.includes('elsewhere')), one.said);
    (await c.push()).exits(1).wrote(0);
    const forced = await c.push(['--force']);
    assert.equal(created(forced).length, 1, forced.said);
    (await c.push()).wrote(0);
  });

for (const [what, leave] of [
  ['deleted', (c, number) => c.repository.deleted.add(number)],
  ['moved', (c, number) => c.repository.moved.set(number, { repository: 'admin/elsewhere', number: 7 })],
])
  test(`an issue that was ${what}: without a cache it is made again, and counted by the brake`, async (t) => {
    const c = await begun(t);
    leave(c, (await c.issue(NAME)).number);
    (await c.push(['--max-create', '0'], cold(c))).exits(2).wrote(0);
    const one = await c.pushed([], 0, cold(c));
    assert.equal(created(one).length, 1, one.said);
  });

test('a log that vanished is reported; --prune closes it as not planned', async (t) => {
  const c = await begun(t, { logs: TWO });
  c.workspace.remove(file(NAME));
  c.workspace.commit('Gone');
  (await c.push()).wrote(0).says(NAME).says('--prune');
  assert.equal((await c.issue(NAME)).state, 'open');
  (await c.push(['--prune', '--dry-run'])).wrote(0);
  const one = await c.pushed(['--prune']);
  const issue = await c.issue(NAME);
  assert.deepEqual([issue.state, issue.state_reason], ['closed', 'not_planned'], one.said);
  assert.equal((await c.issue('Search')).state, 'open');
  (await c.pushed(['--prune'])).wrote(0);
  (await c.pushed()).wrote(0);
});

test('a log that --log leaves out is not gone', async (t) => {
  const c = await begun(t, { logs: TWO });
  for (const args of [['--log', 'Search'], [file('Search')]]) {
    const one = await c.push(['--prune', '--yes', ...args]);
    one.wrote(0);
    assert.ok(!/gone|vanished/.test(one.out + one.err), one.said);
  }
});

for (const [what, text] of [
  ['holds conflict markers', log(NAME, ENTRIES).replace('70%', '70%\n<<<<<<< ours\nA\n=======\nB\n>>>>>>> theirs')],
  ['is no WorkLog', 'Just some words.\n'],
  ['is empty', ''],
])
  test(`a file with a log's name that ${what}: not pushed, reported, and nothing is pruned`, async (t) => {
    const c = await begun(t, { logs: { ...TWO, Third: [{ v: 1 }] } });
    const before = await c.issue(NAME);
    c.write(file(NAME), text);
    c.workspace.remove(file('Search'));
    c.update({ Third: [{ v: 2 }] });
    const one = await c.push(['--prune', '--yes']);
    assert.ok(one.status >= 1, one.said);
    one.says(`${NAME}-WorkLog.md`);
    assert.deepEqual(await c.issue(NAME), before, one.said);
    assert.equal((await c.issue('Search')).state, 'open', one.said);
    assert.equal(recordOf(await c.issue('Third')).v, '2', one.said);
  });

// ---- brakes ----

const twelve = (v, fields) =>
  Object.fromEntries(Object.keys(many(12)).map((name, i) => [name, [{ v: fields(i) ? v : 1, next: ['[MED] Go on'], ...fields(i) }]]));

test('title, state or status on more than 30 % of the issues needs --yes', async (t) => {
  const c = await t.case({ logs: many(12) });
  await c.pushed();
  const before = await c.issues();
  c.update(twelve(2, (i) => i < 10 && { status: 'blocked', blockers: ['Keys'] }));
  (await c.push()).exits(2).wrote(0).says('--yes');
  (await c.push(['--json'])).exits(2).wrote(0);
  assert.deepEqual(await c.issues(), before);
  const dry = await c.pushed(['--dry-run', '--json']);
  assert.equal(typeof dry.json.brake, 'string', dry.out);
  await c.pushed(['--yes', '--comments', 'none']);
  assert.equal((await c.issues()).filter(({ labels }) => labels.includes('status:blocked')).length, 10);
  c.update(twelve(3, (i) => i < 9 ? { status: 'completed' } : i < 10 && { v: 2, status: 'blocked', blockers: ['Keys'] }));
  await c.pushed(['--comments', 'none']);
});

test('other changes are not counted by that brake', async (t) => {
  const c = await t.case({ logs: many(12) });
  await c.pushed();
  c.update(twelve(2, () => ({ progress: 50 })));
  await c.pushed(['--comments', 'none']);
});

// ---- never backwards ----

test('a lower version is not pushed, --force does it', async (t) => {
  const c = await t.case({ logs: grown(LOGS, NAME, { v: 5, title: 'Five' }) });
  await c.pushed();
  const before = await c.issues();
  c.update(grown(LOGS, NAME, { v: 3, title: 'Three' }));
  (await c.push(['--overwrite', '--yes'])).exits(1).wrote(0).says('--force');
  assert.deepEqual(await c.issues(), before);
  await c.pushed(['--force']);
  assert.equal(recordOf(await c.issue(NAME)).v, '3');
  (await c.pushed()).wrote(0);
});

test('the same version from an older commit is not pushed; outside git it is', async (t) => {
  const same = structuredClone(LOGS);
  same[NAME][0].now = 'Other words';
  const old = t.workspace(same);
  const plain = t.workspace(same, { git: false });
  const c = await begun(t);
  const before = await c.issues();
  const one = await c.push([], { folder: old.folder });
  one.exits(1).wrote(0).says(NAME);
  assert.deepEqual(await c.issues(), before);
  await c.pushed([], 0, { folder: plain.folder });
  assert.ok((await c.issue(NAME)).body.includes('Other words'));
});

test('the same version from an older commit, forced', async (t) => {
  const same = structuredClone(LOGS);
  same[NAME][0].now = 'Other words';
  const old = t.workspace(same);
  const c = await begun(t);
  await c.pushed(['--force'], 0, { folder: old.folder });
  assert.ok((await c.issue(NAME)).body.includes('Other words'));
});

test('what a newer wlsync wrote is left to it', async (t) => {
  const c = await begun(t);
  const { number, body } = await c.issue(NAME);
  await c.as('admin', 'PATCH', `/issues/${number}`, { body: body.replace(/ r=\d+ /, ' r=99 ') });
  const same = structuredClone(LOGS);
  same[NAME][0].now = 'Other words';
  c.update(same);
  const one = await c.push();
  one.exits(1).wrote(0).says(NAME);
});

// ---- refused before anything ----

const refused = async (t, { says, args = [], ...options }, prepare = () => {}) => {
  const c = await t.case({ logs: LOGS, ...options });
  await prepare(c);
  const one = await c.push(args);
  one.exits(2).wrote(0).says(says);
  assert.deepEqual(await c.issues().catch(() => []), []);
  return c;
};

test('an archived repository', (t) => refused(t, { repository: { archived: true }, says: /archived/i }));
test('issues disabled', (t) => refused(t, { repository: { issues: false }, says: /disabled/i }));
test('a token that may not write', (t) => refused(t, { user: 'mallory', says: /token|permission|right|label/i }));
test('a token that may only read a team\'s repository', (t) =>
  refused(t, { user: 'colleague', repository: { roles: { colleague: 'pull' } }, says: /token|permission|right|label/i }));
test('a repository that was renamed is named', (t) =>
  refused(t, { says: 'admin/brand-new' }, (c) => {
    c.repository.renamedTo = 'admin/brand-new';
    c.github.addRepository('admin/brand-new', {});
  }));
test('an answer that is about another repository', (t) =>
  refused(t, { says: 'admin/other' }, (c) =>
    c.proxy.rule({ method: 'GET', path: `/repos/${c.name}`, at: 'after', do: edit((got) => ({ ...got, full_name: 'admin/other' })) })));

test('the repository\'s name in other case is the same', async (t) => {
  const c = await t.case({ logs: LOGS });
  const odd = ['--url', c.proxy.url, '--repo', c.name.toUpperCase()];
  await c.pushed(odd, 0, { target: false });
  (await c.pushed()).wrote(0);
  assert.equal((await c.issues()).length, 1);
});

const privateSource = (c) =>
  c.proxy.rule({
    method: 'GET', path: /\/repos\/acme\/shop$/i, at: 'after', when: ({ status }) => status === 200,
    do: edit((got) => ({ ...got, private: true, visibility: 'private' })),
  });

test('logs of a private repository go to a public one only with --allow-public', async (t) => {
  const c = await t.case({ logs: LOGS });
  privateSource(c);
  (await c.push(['--yes'])).exits(2).wrote(0).says('--allow-public');
  await c.pushed(['--allow-public']);
  assert.equal((await c.issues()).length, 1);
});

test('logs of a private repository go to a private one', async (t) => {
  const c = await t.case({ logs: LOGS, repository: { private: true } });
  privateSource(c);
  await c.pushed();
});

test('a server that leaves labels out: the run stops after one issue, and the next makes no other', async (t) => {
  const c = await t.case({ logs: many(4), user: 'colleague', repository: TEAM });
  c.github.dropLabels = true;
  const one = await c.push();
  assert.ok(one.status >= 1, one.said);
  one.says(/label/i);
  assert.equal((await c.issues()).length, 1, one.said);
  const two = await c.push([], cold(c));
  assert.ok((await c.issues()).length <= 2, two.said);
  c.github.dropLabels = false;
  await c.push();
  assert.equal(Object.keys(await c.live()).length, 4);
  assert.equal((await c.issues()).length, 4);
});

test('the cache\'s hint decides nothing: its question failed, so nothing is created', async (t) => {
  const c = await begun(t);
  const { number } = await c.issue(NAME);
  c.repository.deleted.add(number);
  c.proxy.rule({ method: 'GET', path: new RegExp(`/issues/${number}$`), do: cut });
  const one = await c.push(['--retries', '0']);
  assert.ok(one.status >= 1, one.said);
  assert.equal(created(one).length, 0, one.said);
});

await run({ at: 4 });
