// SPDX-License-Identifier: MIT
//
// Answers that are late, cut, wrong or hostile: no decision is taken from bad data.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { assert, each, recordOf, run, test } from './harness.mjs';
import { cut, edit, half, header, reply } from './fault-proxy.mjs';
import { grown, many } from './logs.mjs';

const NAME = 'Auth-Refactor';
const LOGS = { [NAME]: [{ v: 1, next: ['[HIGH] Go on'] }] };
const LIST = { method: 'GET', path: /\/issues$/ };
const QUICK = ['--retries', '1'];

const cold = (c) => ({ env: { XDG_CACHE_HOME: path.join(c.temporary, `cold-${Math.random()}`) } });
const created = (one) => one.writes.filter(({ method, path: p }) => method === 'POST' && /\/issues$/.test(p));

// ---- lists of several pages ----

// A repository with three pages of issues: the log's is on the last, without its label; the
// second page holds pull requests only.
async function threePages(t) {
  const c = await t.case({ logs: LOGS });
  await each(Array.from({ length: 210 }), 8, () => c.as('admin', 'POST', '/issues', { title: 'Filler' }));
  await c.pushed();
  const { number } = await c.issue(NAME);
  assert.equal(number, 211);
  await c.as('admin', 'DELETE', `/issues/${number}/labels/wlsync`);
  const pulls = (got) => got.map((issue) => (issue.number > 100 && issue.number <= 200 ? { ...issue, pull_request: { url: 'x' } } : issue));
  c.proxy.rule({
    ...LIST, at: 'after', when: ({ status }) => status === 200,
    do: (context) => void Object.assign(context.reply, edit(pulls)(context)),
  });
  return c;
}

test('three pages with pull requests among them; any page that fails is unknown, not absent', async (t) => {
  const c = await threePages(t);
  const harm = {
    '502': reply(502), 'cut': cut, 'half': half, '404': reply(404), 'an object': reply(200, {}, {}),
    'half of a list': reply(200, { 'content-type': 'application/json' }, '[{"number": 1,'),
  };
  for (const page of [1, 2, 3])
    for (const [what, act] of Object.entries(harm)) {
      if (page < 3 && what !== '502' && what !== 'half') continue;
      const query = page === 1 ? /^(?!.*&page=[23])/ : new RegExp(`(^|&)page=${page}`);
      const rule = c.proxy.rule({ ...LIST, query, when: ({ query: asked }) => !/labels=/.test(asked), do: act });
      const one = await c.push(['--retries', '0'], cold(c));
      assert.ok(rule.seen > 0, `page ${page} was not asked for\n${one.said}`);
      one.exits(2).wrote(0);
      rule.times = 0;
    }
  const one = await c.pushed([], 0, cold(c));
  assert.equal(created(one).length, 0, one.said);
  assert.equal((await c.issues()).length, 211);
  assert.ok((await c.issue(NAME)).labels.includes('wlsync'));
  (await c.pushed()).wrote(0);
});

async function listening(t, server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.cases.push({ close: async () => (server.closeAllConnections(), server.close(), []) });
  return `http://127.0.0.1:${server.address().port}`;
}

async function elsewhere(t) {
  const requests = [];
  const server = http.createServer((request, response) => {
    requests.push(request.url);
    response.setHeader('content-type', 'application/json');
    response.end('[]');
  });
  return { requests, url: await listening(t, server) };
}

test('rel=next at another origin is asked of ours', async (t) => {
  const other = await elsewhere(t);
  const c = await t.case({ logs: many(105) });
  await c.pushed(['--yes']);
  c.proxy.rule({
    ...LIST, at: 'after',
    do: ({ reply: got }) => {
      const link = got.headers.link?.replaceAll(c.proxy.url, other.url);
      return link ? { ...got, headers: { ...got.headers, link } } : undefined;
    },
  });
  const one = (await c.pushed([], 0, cold(c))).wrote(0);
  assert.ok(one.requests.some(({ query }) => /(^|&)page=2/.test(query)), one.said);
  assert.deepEqual(other.requests, []);
});

for (const next of [
  'OTHER', '//OTHER/repos/a/b/issues?page=2', 'OTHER@x/', 'file:///etc/passwd', '/user', '/repos/admin/none/issues?page=2',
  '', 'javascript:1', '/repos/../../x', `/${'x'.repeat(5000)}`,
])
  test(`a hostile rel=next: ${next.slice(0, 40)}`, async (t) => {
    const other = await elsewhere(t);
    const c = await t.case({ logs: LOGS });
    // GitHub's description knows no such paths.
    c.proxy.validator = null;
    const target = next.replace(/^\/\/OTHER/, other.url.replace('http:', '')).replace('OTHER', other.url);
    c.proxy.rule({ ...LIST, at: 'after', do: header('link', `<${target}>; rel="next"`) });
    const one = await c.push(QUICK);
    assert.deepEqual(other.requests, [], one.said);
    one.exits(2).wrote(0);
  });

for (const [what, link] of [
  ['points at itself', (c, { target }) => c.proxy.url + target],
  ['goes on for ever', (c, { target, n }) => `${c.proxy.url}${target.replace(/&page=\d+/, '')}&page=${n + 1}`],
])
  test(`a list whose rel=next ${what} ends, as an error`, async (t) => {
    const c = await t.case({ logs: { ...LOGS, Search: [{ v: 1 }] } });
    await c.pushed(['--log', NAME]);
    c.proxy.validator = null;
    let page = null;
    c.proxy.rule({
      ...LIST,
      do: async (context) => {
        const { 'if-none-match': unused, ...headers } = context.headers;
        page ??= await c.github.handle({ ...context, headers, target: context.target.replace(/&page=\d+/, '') });
        delete page.headers.etag;
        return { ...page, headers: { ...page.headers, link: `<${link(c, context)}>; rel="next"` } };
      },
    });
    const one = await c.push(QUICK, { ...cold(c), seconds: 150 });
    one.exits(2).wrote(0);
    assert.ok(one.requests.length < 1200, `${one.requests.length} requests`);
  });

// ---- redirects ----

for (const status of [301, 302, 303, 307, 308])
  test(`a write is not sent where a ${status} points`, async (t) => {
    const c = await t.case({ logs: LOGS });
    await c.pushed();
    const { number } = await c.issue(NAME);
    c.update(grown(LOGS, NAME, { v: 2, status: 'blocked', blockers: ['Keys'], next: ['[LOW] Wait'] }));
    let seen = 0;
    for (const method of ['DELETE', 'POST', 'PATCH']) {
      c.proxy.clear();
      const location = `${c.proxy.url}/repos/${c.name}/moved`;
      const moved = reply(status, { location }, { message: 'Moved Permanently' });
      const rule = c.proxy.rule({ method, path: new RegExp(`/issues/${number}`), do: moved });
      const one = await c.push(QUICK);
      if (rule.seen) assert.ok(one.status >= 1, one.said);
      seen += rule.seen;
      assert.ok(!one.requests.some(({ path: p }) => p.endsWith('/moved')), one.said);
    }
    assert.ok(seen >= 3, `${seen} redirects`);
    c.proxy.clear();
    await c.push();
    const issue = await c.issue(NAME);
    assert.equal(recordOf(issue).v, '2');
    assert.equal(issue.comments.length, 1);
  });

test('a read that is sent round in circles ends, and nothing is written', async (t) => {
  const c = await t.case({ logs: LOGS });
  c.proxy.rule({ method: 'GET', do: ({ target }) => reply(302, { location: c.proxy.url + target }, { message: 'Found' })() });
  const one = await c.push(QUICK);
  one.exits(2).wrote(0);
  assert.ok(one.requests.length < 50, one.said);
});

// ---- answers that are not what they should be ----

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const issueOf = (fields) => ({
  id: 5, number: 1, title: 'x', body: 'y', state: 'open', labels: [], user: { login: 'admin' }, comments: 0, locked: false,
  author_association: 'OWNER', ...fields,
});
const BAD_LISTS = {
  'nothing': '',
  'text': 'not JSON at all',
  'a page of HTML': '<!DOCTYPE html><title>Unicorn!</title>',
  'an object': '{}',
  'null': 'null',
  'true': 'true',
  'a list of numbers': '[1]',
  'a list of nulls': '[null]',
  'an empty issue': '[{}]',
  'a number that is text': JSON.stringify([issueOf({ number: '1' })]),
  'a number below one': JSON.stringify([issueOf({ number: 0 })]),
  'a number out of range': JSON.stringify([issueOf({})]).replace('"number":1', '"number":1e400'),
  'a number that is broken': JSON.stringify([issueOf({ number: 1.5 })]),
  'a title that is a list': JSON.stringify([issueOf({ title: [] })]),
  'a body that is a number': JSON.stringify([issueOf({ body: 5 })]),
  'labels that are text': JSON.stringify([issueOf({ labels: 'wlsync' })]),
  'a state that is unknown': JSON.stringify([issueOf({ state: 'merged' })]),
  'a list cut off': JSON.stringify([issueOf({})]).slice(0, -2),
  'something behind it': `${JSON.stringify([issueOf({})])}]`,
  'wrong UTF-8': Buffer.from(JSON.stringify([issueOf({ title: 'é' })]), 'latin1'),
  'depth': '['.repeat(200000),
  'depth, closed': `${'['.repeat(5000)}${']'.repeat(5000)}`,
};

for (const [what, body] of Object.entries(BAD_LISTS))
  test(`a list that is ${what}: an error, no write`, async (t) => {
    const c = await t.case({ logs: LOGS });
    c.proxy.rule({ ...LIST, do: reply(200, JSON_TYPE, body) });
    const one = await c.push(['--retries', '0']);
    one.exits(2).wrote(0);
    assert.ok(one.err.trim().length > 20 && one.err.length < 4000, `the error shows what came\n${one.said}`);
  });

test('a wrong content type: an error, no write', async (t) => {
  const c = await t.case({ logs: LOGS });
  for (const type of ['text/html', 'text/plain', 'application/octet-stream']) {
    c.proxy.clear();
    c.proxy.rule({ ...LIST, do: reply(200, { 'content-type': type }, '[]') });
    (await c.push(['--retries', '0'])).exits(2).wrote(0).says(type);
  }
});

test('a bad answer about the repository or the account: an error, no write', async (t) => {
  const c = await t.case({ logs: LOGS });
  for (const where of [/^\/repos\/admin\/[^/]+$/, /^\/user$/])
    for (const body of ['', '[]', '{}', 'null', '{"full_name": 5, "login": 5}']) {
      c.proxy.clear();
      c.proxy.rule({ path: where, do: reply(200, JSON_TYPE, body) });
      (await c.push(['--retries', '0'])).exits(2).wrote(0);
    }
});

test('what GitHub may leave empty is no fault: a ghost\'s issue, no body, labels that are names', async (t) => {
  const c = await t.case({ logs: LOGS });
  for (let i = 0; i < 3; i++) await c.as('mallory', 'POST', '/issues', { title: `Other ${i}` });
  const odd = [
    { user: null },
    { body: null, state_reason: null, milestone: null },
    { labels: ['bug', { name: 'x', color: null, description: null }] },
  ];
  c.proxy.rule({
    ...LIST, at: 'after', when: ({ status }) => status === 200,
    do: edit((got) => got.map((issue, i) => ({ ...issue, ...odd[i] }))),
  });
  await c.pushed();
  assert.equal((await c.issues()).length, 4);
  (await c.pushed()).wrote(0);
});

for (const body of ['', 'garbage', '{}', '[]'])
  test(`bad answers to writes: nothing twice, and the next push has it right: "${body}"`, async (t) => {
    const c = await t.case({ logs: LOGS });
    c.proxy.rule({ method: 'POST', path: /\/issues$/, nth: 1, at: 'after', do: reply(201, JSON_TYPE, body) });
    await c.push();
    assert.equal((await c.issues()).length, 1, body);
    c.update(grown(LOGS, NAME, { v: 2, status: 'blocked', blockers: ['Keys'], next: ['[LOW] Wait'] }));
    c.proxy.rule({ method: 'POST', path: /\/comments$/, nth: 1, at: 'after', do: reply(201, JSON_TYPE, body) });
    c.proxy.rule({ method: 'PATCH', path: /\/issues\/\d+$/, nth: 1, at: 'after', do: reply(200, JSON_TYPE, body) });
    c.proxy.rule({ path: /\/issues\/\d+\/labels$/, nth: 1, at: 'after', do: reply(200, JSON_TYPE, body) });
    await c.push();
    c.proxy.clear();
    await c.pushed();
    (await c.pushed()).wrote(0);
    const issue = await c.issue(NAME);
    assert.equal(issue.comments.length, 1, body);
    assert.deepEqual(issue.labels, ['status:blocked', 'wlsync']);
  });

// ---- too much ----

const MIB = 1 << 20;

test('an answer over 64 MiB: ended, an error, no write', async (t) => {
  const c = await t.case({ logs: LOGS });
  let sent = 0;
  const server = http.createServer((request, response) => {
    if (!/\/issues\?/.test(request.url)) {
      const passed = http.request(c.proxy.url + request.url, { method: request.method, headers: { ...request.headers, host: 'x' } }, (got) => {
        response.writeHead(got.statusCode, got.headers);
        got.pipe(response);
      });
      request.pipe(passed);
      return;
    }
    response.writeHead(200, JSON_TYPE);
    response.write('[');
    const part = Buffer.alloc(MIB, ' ');
    const more = () => {
      if (response.destroyed || sent > 512 * MIB) return;
      sent += part.length;
      response.write(part, more);
    };
    more();
  });
  const url = await listening(t, server);
  const one = await c.push(['--retries', '0', '--url', url, '--repo', c.name], { target: false, seconds: 60 });
  one.exits(2).wrote(0);
  assert.ok(sent < 256 * MIB, `${sent / MIB} MiB were taken`);
});

test('a small answer that unpacks to more than 64 MiB: an error, no write', async (t) => {
  const c = await t.case({ logs: LOGS });
  const body = gzipSync(Buffer.concat([Buffer.from('['), Buffer.alloc(80 * MIB, ' '), Buffer.from(']')]), { level: 1 });
  c.proxy.rule({ ...LIST, do: reply(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }, body) });
  (await c.push(['--retries', '0'])).exits(2).wrote(0);
});

// ---- 403 and 429 ----

test('403 with retry-after: waited for, whatever the other headers say', async (t) => {
  const c = await t.case({ logs: LOGS });
  const far = String(Math.floor(c.github.now() / 1000) + 3600);
  const headers = { 'retry-after': '2', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': far };
  c.proxy.rule({ ...LIST, nth: 1, do: reply(403, headers, { message: 'Forbidden' }) });
  const one = await c.pushed();
  const at = one.requests.findIndex(({ status }) => status === 403);
  assert.ok(one.requests[at + 1].at - one.requests[at].at >= 1900, one.said);
  assert.ok(one.ms < 30000);
});

for (const [what, headers, message, status] of [
  ['a secondary limit by its message', {}, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', 403],
  ['abuse by its message', {}, 'You have triggered an abuse detection mechanism.', 403],
  ['remaining 0', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'LATER' }, 'API rate limit exceeded', 403],
  ['429 with retry-after', { 'retry-after': '900' }, 'Too many', 429],
])
  test(`${what}, beyond --max-wait: stops at once and says when to go on`, async (t) => {
    const c = await t.case({ logs: LOGS });
    c.github.advance(-5 * 3600e3);
    const later = String(Math.floor(c.github.now() / 1000) + 900);
    const given = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, value.replace('LATER', later)]));
    const rule = c.proxy.rule({ ...LIST, do: reply(status, given, { message }) });
    const one = await c.push(['--max-wait', '5']);
    one.exits(2).wrote(0).says(/\b\d{1,2}:\d{2}\b|\b\d+ ?(seconds?|minutes?|min|s)\b/);
    assert.equal(rule.seen, 1, one.said);
    assert.ok(one.ms < 10000, one.said);
  });

for (const skew of [7 * 3600e3, -7 * 3600e3])
  test(`remaining 0: waits by the server's clock, ${skew > 0 ? 'ahead' : 'behind'}`, async (t) => {
    const c = await t.case({ logs: LOGS });
    c.github.advance(skew);
    const limited = () => {
      const reset = String(Math.floor(c.github.now() / 1000) + 2);
      return reply(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }, { message: 'API rate limit exceeded' })();
    };
    c.proxy.rule({ ...LIST, nth: 1, do: limited });
    const one = await c.pushed();
    const at = one.requests.findIndex(({ status }) => status === 403);
    const waited = one.requests[at + 1].at - one.requests[at].at;
    assert.ok(waited >= 900 && waited < 20000, `${waited} ms\n${one.said}`);
  });

test('403 for want of permission: final, not tried again', async (t) => {
  const c = await t.case({ logs: { ...LOGS, Search: [{ v: 1 }] } });
  const denied = reply(403, {}, { message: 'Resource not accessible by personal access token' });
  const rule = c.proxy.rule({ ...LIST, do: denied });
  const one = await c.push();
  one.exits(2).wrote(0).says('Resource not accessible');
  assert.equal(rule.seen, 1, one.said);
  c.proxy.clear();
  await c.pushed();
  c.update({ [NAME]: [{ v: 2 }], Search: [{ v: 2 }] });
  const { number } = await c.issue(NAME);
  const write = c.proxy.rule({ method: 'PATCH', path: new RegExp(`/issues/${number}$`), do: denied });
  const two = await c.push();
  assert.ok(two.status >= 1, two.said);
  assert.equal(write.seen, 1, two.said);
  c.proxy.clear();
  await c.pushed();
  assert.deepEqual(Object.values(await c.live()).map((issue) => recordOf(issue).v), ['2', '2']);
  for (const { comments } of await c.issues()) assert.equal(comments.length, 1);
});

test('one issue that cannot be written keeps the others from nothing', async (t) => {
  const c = await t.case({ logs: many(3) });
  await c.pushed();
  const { number } = await c.issue('Task-0001');
  c.update(Object.fromEntries(Object.keys(many(3)).map((name) => [name, [{ v: 2 }]])));
  const invalid = reply(422, {}, { message: 'Validation Failed', errors: [{ resource: 'Issue', field: 'body', code: 'custom' }] });
  c.proxy.rule({ method: 'PATCH', path: new RegExp(`/issues/${number}$`), do: invalid });
  const one = await c.push();
  one.exits(1).says('Task-0001').says('Validation Failed');
  assert.equal(recordOf(await c.issue('Task-0002')).v, '2', one.said);
  assert.equal(recordOf(await c.issue('Task-0003')).v, '2', one.said);
});

// ---- odds and ends ----

test('labels that are there in other case are the same labels', async (t) => {
  const c = await t.case({ logs: LOGS });
  for (const name of ['WLSync', 'STATUS:In-Progress', 'Priority:High']) await c.as('admin', 'POST', '/labels', { name, color: 'ff0000' });
  const one = await c.pushed();
  assert.ok(one.requests.every(({ status }) => status < 400), one.said);
  assert.deepEqual((await c.issue(NAME)).labels.map((name) => name.toLowerCase()).sort(), ['priority:high', 'status:in-progress', 'wlsync']);
  (await c.pushed()).wrote(0);
  c.update(grown(LOGS, NAME, { v: 2, status: 'needs_review', next: ['[LOW] Wait'] }));
  await c.pushed();
  assert.deepEqual((await c.issue(NAME)).labels, ['WLSync', 'status:needs-review']);
  (await c.pushed()).wrote(0);
  const { color } = await c.look('/labels/WLSync');
  assert.equal(color, 'ff0000', 'nobody\'s label is painted over');
});

test('a 304 that nobody asked for decides nothing', async (t) => {
  const c = await t.case({ logs: LOGS });
  await c.pushed();
  c.proxy.rule({ ...LIST, when: ({ conditional }) => !conditional, do: reply(304, { etag: 'W/"x"' }, '') });
  const one = await c.push(QUICK, cold(c));
  one.exits(2).wrote(0);
});

function everything(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    return entry.isDirectory() ? everything(name) : [name];
  });
}

test('a cache that was damaged costs requests, and no more', async (t) => {
  const c = await t.case({ logs: LOGS });
  await c.pushed();
  await c.pushed();
  const folder = path.join(c.temporary, 'cache');
  const names = everything(folder);
  assert.ok(names.length > 0, 'there is a cache');
  const damages = [
    (bytes) => bytes.subarray(0, bytes.length / 2),
    (bytes) => bytes.subarray(0, bytes.length - 1),
    () => Buffer.alloc(0),
    () => Buffer.from('garbage\n'.repeat(99)),
    (bytes) => Buffer.concat([bytes, Buffer.from('[]')]),
    (bytes) => Buffer.from(bytes.map((byte) => (byte === 0x31 ? 0x32 : byte))),
  ];
  for (const damage of damages) {
    for (const name of names) writeFileSync(name, damage(readFileSync(name)));
    (await c.pushed()).wrote(0);
    assert.equal((await c.issues()).length, 1);
  }
});

test('nobody listens, or hangs up at once: status 2, soon', async (t) => {
  const c = await t.case({ logs: LOGS });
  for (const url of ['http://127.0.0.1:9', 'https://wlsync.invalid', c.proxy.url.replace('http:', 'https:')]) {
    const one = await c.push(['--retries', '0', '--url', url, '--repo', c.name], { target: false, seconds: 30 });
    one.exits(2).wrote(0);
    assert.ok(one.err.trim(), one.said);
  }
});

await run({ at: 4 });
