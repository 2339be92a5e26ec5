// SPDX-License-Identifier: MIT
//
// What must not get out: credentials in logs, and the token itself.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { assert, run, test } from './harness.mjs';
import { reply } from './fault-proxy.mjs';
import { tokenOf } from './github.mjs';
import { file, log } from './logs.mjs';

const NAME = 'Auth-Refactor';
const LOGS = { Search: [{ v: 1 }] };
const TOKEN = tokenOf('admin');

// Made of parts, so that nobody's scanner takes this file for a leak.
const MIXED = 'a8Kd93LqPz71XcVb0nMw5RtYh2Jg6FsQe4Ui';
const made = (length) => MIXED.repeat(4).slice(0, length);
const SECRETS = {
  'GitHub': [`ghp_${made(36)}`, `gho_${made(36)}`, `ghs_${made(36)}`, `github_pat_${made(22)}_${made(59)}`],
  'GitLab': [`glpat-${made(20)}`],
  'Linear': [`lin_api_${made(40)}`],
  'AWS': [`AKIA${'Q7RZ3KXW5TPL2MVB'}`],
  'Stripe': [`sk_live_${made(24)}`, `rk_live_${made(24)}`],
  'Slack': [`xoxb-${'123456789012'}-${'210987654321'}-${made(24)}`],
  'JWT|JSON Web Token': [['eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4ifQ', made(43)].join('.')],
  'PEM|private key': [`-----BEGIN RSA PRIVATE KEY-----\n${made(64)}\n${made(64)}\n-----END RSA PRIVATE KEY-----`],
};

function everything(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    return entry.isDirectory() ? everything(name) : [name];
  });
}

// The value stands in nothing that was said, and in no file that was left.
function hidden(c, one, value, what = 'the value') {
  for (const part of value.split('\n').filter((line) => !line.startsWith('-----'))) {
    const shown = `${one.out}\n${one.err}`.split('\n').filter((line) => line.includes(part));
    assert.deepEqual(shown, [], `${what} is shown: ${one.command}`);
    for (const name of everything(c.temporary)) assert.ok(!readFileSync(name).includes(part), `${what} is in ${name}`);
  }
}

function sent(c, value) {
  const [part] = value.split('\n').filter((line) => !line.startsWith('-----'));
  return c.proxy.requests.filter(({ body, target }) => body.includes(part) || target.includes(part));
}

function put(c, text, where = (value) => log(NAME, [{ v: 1, now: `Use ${value} for it` }])) {
  c.write(file(NAME), where(text));
  c.workspace.commit('Log');
  const [first] = text.split('\n');
  return c.workspace.read(file(NAME)).split('\n').findIndex((line) => line.includes(first)) + 1;
}

// ---- in logs ----

test('in a log: every kind stops its log, the others are pushed', async (t) => {
  const c = await t.case({ logs: LOGS });
  const all = Object.entries(SECRETS).flatMap(([kind, values]) =>
    values.map((value, i) => ({ name: `${kind.split(/\W/)[0]}-Log-${i}`, kind, value })));
  for (const { name, value } of all) c.write(file(name), log(name, [{ v: 1, now: `Use ${value} for it` }]));
  c.workspace.commit('Logs');
  const one = await c.push(['-vv', '--overwrite', '--yes', '--force']);
  one.exits(1);
  const json = await c.push(['--json']);
  json.exits(1);
  for (const { name, kind, value } of all) {
    const line = c.workspace.read(file(name)).split('\n').findIndex((text) => text.includes(value.split('\n')[0])) + 1;
    assert.match(one.out + one.err, new RegExp(`${name}-WorkLog\\.md:${line}\\b.*(${kind})`, 'i'), one.said);
    assert.ok(json.out.includes(name), json.out);
    hidden(c, one, value);
    hidden(c, json, value);
    assert.deepEqual(sent(c, value), [], one.said);
  }
  assert.deepEqual(Object.keys(await c.live()), ['Search'], one.said);
});

const GITHUB = SECRETS.GitHub[0];
for (const [where, text] of [
  ['in a fence', (value) => log(NAME, [{ v: 1, now: `x\n\n\`\`\`sh\nexport T=${value}\n\`\`\`` }])],
  ['in a title', (value) => log(NAME, [{ v: 1 }]).replace(/^# .*$/m, `# Auth ${value}`)],
  ['in an old entry', (value) => log(NAME, [{ v: 1, decisions: [value] }, { v: 2 }])],
  ['in the frontmatter', (value) => log(NAME, [{ v: 1 }], { owner: value })],
  ['in a URL', (value) => log(NAME, [{ v: 1, next: [`[HIGH] see https://x:${value}@github.com/a/b`] }])],
  ['in CRLF', (value) => log(NAME, [{ v: 1, now: value }]).replace(/\n/g, '\r\n')],
])
  test(`in a log: ${where}`, async (t) => {
    const c = await t.case({ logs: LOGS });
    const line = put(c, GITHUB, text);
    const one = await c.push(['-v']);
    one.exits(1).says(`${NAME}-WorkLog.md:${line}`);
    hidden(c, one, GITHUB);
    assert.deepEqual(sent(c, GITHUB), [], one.said);
    assert.deepEqual(Object.keys(await c.live()), ['Search'], one.said);
  });

test('in a log that has an issue: the issue stays as it is, not gone, not pruned', async (t) => {
  const c = await t.case({ logs: { ...LOGS, [NAME]: [{ v: 1 }] } });
  await c.pushed();
  const before = await c.issue(NAME);
  put(c, GITHUB, (value) => log(NAME, [{ v: 1 }, { v: 2, now: value }]));
  const one = await c.push(['--prune', '--yes']);
  one.exits(1).wrote(0);
  assert.deepEqual(await c.issue(NAME), before);
  const plan = path.join(c.temporary, 'plan.json');
  hidden(c, await c.push(['--dry-run', '--plan', plan]), GITHUB);
});

test('allow-secret lists false alarms, one by one; --allow-secrets overrides once', async (t) => {
  const other = SECRETS.AWS[0];
  const config = `[tracker "github"]\n\ttype = github\n\tallow-secret = ${GITHUB}\n`;
  const c = await t.case({ logs: LOGS, config });
  put(c, GITHUB);
  await c.pushed();
  assert.equal((await c.issues()).length, 2);
  put(c, `${GITHUB} and ${other}`, (value) => log(NAME, [{ v: 2, now: value }]));
  const one = await c.push();
  one.exits(1).wrote(0);
  hidden({ temporary: '/nonexistent' }, one, other);
  await c.pushed(['--allow-secrets']);
  assert.ok((await c.issue(NAME)).body.includes(other));
});

test('what only looks a little like a secret is none', async (t) => {
  const c = await t.case({ logs: LOGS });
  put(c, 'ghp_xxx, AKIA, glpat-, sk_live_, xoxb-, eyJ, -----BEGIN PUBLIC KEY-----, 3f786850e387550fdab836ed7e6dc881de23001b');
  await c.pushed();
});

// ---- the token ----

const noToken = (c, one, token = TOKEN) => hidden(c, one, token, 'the token');

test('the token: in the environment, with -vv', async (t) => {
  const c = await t.case({ logs: LOGS });
  const one = await c.pushed(['-vv']);
  noToken(c, one);
  assert.ok(one.requests.every(({ headers }) => headers.authorization?.endsWith(TOKEN)), 'it is sent, so the test sees something');
  assert.ok(one.err.includes('GET ') && one.err.includes('/issues'), `-vv shows exchanges\n${one.err}`);
  const plan = path.join(c.temporary, 'plan.json');
  noToken(c, await c.pushed(['--dry-run', '-vv', '--json', '--plan', plan]));
});

for (const [what, env] of [
  ['GITHUB_TOKEN', { WLSYNC_TOKEN: undefined, GITHUB_TOKEN: TOKEN }],
  ['GH_TOKEN', { WLSYNC_TOKEN: undefined, GH_TOKEN: TOKEN }],
  ['WLSYNC_TOKEN before the others', { GITHUB_TOKEN: 'wrong', GH_TOKEN: 'wrong' }],
])
  test(`the token: ${what}`, async (t) => {
    const c = await t.case({ logs: LOGS });
    noToken(c, await c.pushed(['-vv'], 0, { env }));
  });

for (const [password, status] of [[TOKEN, 0], ['a-wrong-pass-word', 2]])
  test(`the token: from git's credential helper, ${status ? 'refused' : 'taken'}`, async (t) => {
    const c = await t.case({ logs: LOGS });
    const script = path.join(c.temporary, '..', `helper-${status}-${process.pid}.sh`);
    const asked = `${script}.asked`;
    const lines = ['#!/bin/sh', `{ echo "$1"; cat; } >>'${asked}'`, `[ "$1" = get ] && printf 'username=me\\npassword=%s\\n' '${password}'`, 'exit 0'];
    writeFileSync(script, `${lines.join('\n')}\n`, { mode: 0o700 });
    const env = {
      WLSYNC_TOKEN: undefined, GIT_TERMINAL_PROMPT: '0',
      GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'credential.helper', GIT_CONFIG_VALUE_0: `!'${script}'`,
    };
    const one = await c.push(['-vv'], { env });
    one.exits(status);
    noToken(c, one, password);
    assert.match(readFileSync(asked, 'utf8'), /^get\n[^]*host=127\.0\.0\.1/);
    assert.ok(one.requests.length > 0, one.said);
  });

test('the token: 401, and a server that says it back', async (t) => {
  const c = await t.case({ logs: LOGS });
  for (const status of [401, 403, 422, 500, 200]) {
    c.proxy.clear();
    const headers = { 'x-echo': `Bearer ${TOKEN}`, 'www-authenticate': `Bearer ${TOKEN}` };
    c.proxy.rule({ path: /\/issues/, do: reply(status, headers, { message: `Bad credentials: ${TOKEN}`, errors: [{ message: TOKEN }] }) });
    const one = await c.push(['-vv', '--retries', '0']);
    one.exits(2).wrote(0);
    noToken(c, one);
  }
});

test('the token: no second line, no other header', async (t) => {
  const c = await t.case({ logs: LOGS });
  for (const odd of [`${TOKEN}\r\nX-Evil: 1`, `${TOKEN}\nX-Evil: 1`, `${TOKEN}\u0001`]) {
    const one = await c.push(['-vv'], { env: { WLSYNC_TOKEN: odd } });
    one.exits(2).wrote(0);
    noToken(c, one);
    assert.ok(one.requests.every(({ headers }) => !headers['x-evil']), one.said);
  }
});

// Every process that comes from one.
function family(pid) {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map();
  for (const one of all) {
    try {
      parents.set(one, Number(readFileSync(`/proc/${one}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')[1]));
    } catch {
      continue;
    }
  }
  const found = [pid];
  for (const parent of found) for (const [child, above] of parents) if (above === parent && !found.includes(child)) found.push(child);
  return found;
}

test('the token: in no argv, and no core is dumped', async (t) => {
  const c = await t.case({ logs: LOGS });
  spawnSync('prlimit', ['--pid', String(process.pid), '--core=unlimited']);
  let seen = 0;
  let started = null;
  c.proxy.rule({
    do: () => {
      for (const pid of family(started.child.pid)) {
        const argv = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        assert.ok(argv.includes('push') && !argv.includes(TOKEN), argv);
        assert.match(readFileSync(`/proc/${pid}/limits`, 'utf8'), /^Max core file size +0 +0 /m);
        seen++;
      }
    },
  });
  started = c.start();
  (await started.done).exits(0);
  assert.ok(seen > 0, 'nobody was looked at');
});

for (const signal of ['SIGSEGV', 'SIGABRT', 'SIGTERM'])
  test(`the token: ended by ${signal} while it waits for an answer`, async (t) => {
    const c = await t.case({ logs: LOGS });
    c.proxy.rule({ method: 'POST', path: /\/issues$/, nth: 1, do: () => void c.child.kill(signal) });
    const one = await c.push(['-vv']);
    assert.notEqual(one.status, 0, one.said);
    noToken(c, one);
    assert.ok(!everything(c.workspace.folder).some((name) => /(^|\/)core/.test(name)));
  });

// ---- other servers ----

async function listening(t, server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.cases.push({ close: async () => (server.closeAllConnections(), server.close(), []) });
  return server.address().port;
}

// A server that takes note of what it is asked.
async function elsewhere(t) {
  const requests = [];
  const server = http.createServer((request, response) => {
    requests.push({ url: request.url, method: request.method, headers: request.headers });
    response.end('[]');
  });
  return { requests, url: `http://127.0.0.1:${await listening(t, server)}` };
}

for (const status of [301, 302, 307, 308])
  test(`the token is not sent where a ${status} points`, async (t) => {
    const c = await t.case({ logs: LOGS });
    const other = await elsewhere(t);
    for (const [method, where] of [['GET', /\/issues$/], ['GET', /\/repos\/[^/]+\/[^/]+$/], ['POST', /\/issues$/]]) {
      c.proxy.clear();
      c.proxy.rule({ method, path: where, do: ({ target }) => reply(status, { location: other.url + target }, { message: 'Moved' })() });
      const one = await c.push(['-vv', '--retries', '1']);
      assert.ok(one.status >= 1, one.said);
      noToken(c, one);
      assert.equal((await c.issues()).length, 0);
    }
    assert.deepEqual(other.requests, []);
  });

test('plain HTTP only to a loopback address', async (t) => {
  const c = await t.case({ logs: LOGS });
  for (const url of [
    'http://192.0.2.1', 'http://example.com', 'http://127.0.0.1.example.com', 'http://127.0.0.1@example.com/',
    'http://localhost.example.com', 'http://[2001:db8::1]/', 'http://10.0.0.1/api/v3', 'ftp://127.0.0.1',
    'file:///etc/passwd', 'HTTP://EXAMPLE.COM',
  ]) {
    const one = await c.push(['--url', url, '--repo', c.name, '--retries', '0'], { target: false, seconds: 20 });
    one.exits(2);
    noToken(c, one);
    assert.ok(one.ms < 5000 && !/resolve|connect|timed out/i.test(one.err), `refused before anything is sent\n${one.said}`);
  }
});

test('.wlsync sends the token to nobody but GitHub and origin\'s host, and may not hold one', async (t) => {
  for (const url of ['https://192.0.2.1', 'https://api.github.com.example.com', 'https://api.github.com@192.0.2.1/', 'http://192.0.2.1']) {
    const c = await t.case({ logs: LOGS, config: `[tracker "github"]\n\ttype = github\n\trepository = a/b\n\turl = ${url}\n` });
    const one = await c.push(['--retries', '0'], { target: false, seconds: 20 });
    one.exits(2).says(/url/);
    assert.ok(one.ms < 5000 && !/resolve|connect|timed out/i.test(one.err), `refused before anything is sent\n${one.said}`);
  }
  const token = await t.case({ logs: LOGS, config: `[tracker "github"]\n\ttype = github\n\ttoken = ${GITHUB}\n` });
  const one = await token.push();
  one.exits(2).wrote(0).says(/\.wlsync:3/).says('token');
  hidden(token, one, GITHUB);
});

// A certificate for the address, made by openssl; its own authority.
function certificate(folder, name) {
  mkdirSync(folder, { recursive: true });
  const [key, cert] = [path.join(folder, `${name}.key`), path.join(folder, `${name}.pem`)];
  const done = spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
    '-days', '2', '-keyout', key, '-out', cert, '-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  return { key, cert };
}

test('TLS is always verified; --cacert names the authority', async (t) => {
  const c = await t.case({ logs: LOGS });
  const folder = path.join(c.workspace.folder, '..', `tls-${process.pid}`);
  const [good, other] = [certificate(folder, 'good'), certificate(folder, 'other')];
  let asked = 0;
  const server = https.createServer({ key: readFileSync(good.key), cert: readFileSync(good.cert) }, (request, response) => {
    asked++;
    const passed = http.request(c.proxy.url + request.url, { method: request.method, headers: { ...request.headers, host: 'x' } }, (got) => {
      response.writeHead(got.statusCode, got.headers);
      got.pipe(response);
    });
    request.pipe(passed);
  });
  server.on('tlsClientError', () => {});
  const url = `https://127.0.0.1:${await listening(t, server)}`;
  const push = (args, env) =>
    c.push(['-vv', '--retries', '0', '--url', url, '--repo', c.name, ...args], { target: false, env: { NO_PROXY: '*', ...env } });
  const lax = { GIT_SSL_NO_VERIFY: '1', GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'http.sslVerify', GIT_CONFIG_VALUE_0: 'false' };
  for (const [args, env] of [[[], {}], [[], lax], [['--cacert', other.cert], {}], [['--cacert', path.join(folder, 'none.pem')], {}]]) {
    const one = await push(args, env);
    one.exits(2).says(/certificate|cacert|TLS|SSL/i);
    noToken(c, one);
  }
  assert.equal(asked, 0, 'nothing was asked of a server that is not who it says');
  const right = await push(['--cacert', good.cert]);
  right.exits(0);
  noToken(c, right);
  assert.ok(asked > 0);
  assert.equal((await c.issues()).length, 1);
});

await run({ at: 4 });
