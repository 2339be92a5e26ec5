// SPDX-License-Identifier: MIT
//
// What every test here is made with: test(), which prints TAP, and Case, a tracker with a folder
// of logs that push runs on. README.md shows both at work.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FaultProxy } from './fault-proxy.mjs';
import { GitHub, tokenOf } from './github.mjs';
import { files } from './logs.mjs';
import { install, startEmulator, stopServers, Validator } from './servers.mjs';

const SRC = process.env.SRC ?? path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const WLSYNC = process.env.WLSYNC ?? path.join(SRC, 'build/src/cli/wlsync');
const MODULES = process.env.TRACKER_MODULES ?? path.join(os.tmpdir(), 'wlsync-tracker-modules');
const PUSH_SECONDS = 180;
const SOURCE = 'acme/shop';
const ORIGIN = `https://github.com/${SOURCE}.git`;

// ---- TAP ----

const tests = [];

export function test(name, body, options = {}) {
  tests.push({ name, body, ...options });
}

export function comment(text) {
  for (const line of String(text).split('\n')) process.stdout.write(`# ${line}\n`);
}

// Runs what test() collected, so many at a time, with the servers up; the file's last word.
// ONLY=REGEX in the environment runs the tests whose name matches; TIMES=1 tells how long each took.
export async function run({ at = 1, servers = true } = {}) {
  const only = process.env.ONLY && new RegExp(process.env.ONLY, 'i');
  const todo = tests.filter(({ name }) => !only || only.test(name));
  let count = 0;
  let failed = 0;
  const temporary = mkdtempSync(path.join(os.tmpdir(), 'wlsync-trackers-'));
  process.once('exit', () => rmSync(temporary, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => process.exit(130));
  const world = { temporary, ...(servers ? await startWorld() : {}) };
  const one = async ({ name, body, known }) => {
    const context = new Context(world);
    const begun = Date.now();
    let error = null;
    try {
      await body(context);
    } catch (caught) {
      error = caught;
    }
    try {
      await context.close();
    } catch (caught) {
      error ??= caught;
    }
    count++;
    const directive = known ? ` # TODO ${known}` : '';
    if (process.env.TIMES) comment(`${Date.now() - begun} ms`);
    if (!error) {
      process.stdout.write(`ok ${count} - ${name}${directive}\n`);
    } else {
      if (!known) failed++;
      process.stdout.write(`not ok ${count} - ${name}${directive}\n`);
      comment(error.code === 'ERR_ASSERTION' ? error.message : error.stack);
    }
  };
  await each(todo, at, one);
  process.stdout.write(`1..${count}\n`);
  await stopServers();
  process.exitCode = failed || !count ? 1 : 0;
}

// Calls work for every item, so many at a time.
export async function each(items, at, work) {
  const queue = [...items];
  const worker = async () => {
    while (queue.length) await work(queue.shift());
  };
  await Promise.all(Array.from({ length: Math.min(at, queue.length) }, worker));
}

async function startWorld() {
  const folder = await install(path.resolve(MODULES));
  const [emulator, validator] = await Promise.all([startEmulator(folder), Validator.start(folder)]);
  return { emulator, validator };
}

// What a test gets: ways to make things that end with it.
class Context {
  constructor(world) {
    this.world = world;
    this.cases = [];
  }

  // A repository on the tracker and a folder with logs; see Case.
  async case(options) {
    const made = await Case.make(this.world, options);
    this.cases.push(made);
    return made;
  }

  workspace(logs, options) {
    return new Workspace(this.world.temporary, logs, options);
  }

  // Ends what is left, and fails when GitHub's description refuses a request that was sent.
  async close() {
    const problems = [];
    for (const made of this.cases) problems.push(...(await made.close()));
    assert.deepEqual([...new Set(problems)], [], 'requests that GitHub\'s description refuses');
  }
}

// ---- a folder of logs ----

let commits = 0;
let folders = 0;

export class Workspace {
  // logs: {name: entries}, see logs.mjs. git: false for a plain folder. origin: its URL or null.
  constructor(temporary, logs = {}, { git = true, origin = ORIGIN, config } = {}) {
    this.folder = path.join(temporary, `logs-${++folders}`);
    this.usesGit = git;
    mkdirSync(this.folder, { recursive: true });
    if (git) {
      this.git('init', '-q', '-b', 'main', '.');
      if (origin) this.git('remote', 'add', 'origin', origin);
    }
    this.write('.wlsync', config ?? '[tracker "github"]\n\ttype = github\n');
    this.writeLogs(logs);
    this.commit('Logs');
  }

  git(...args) {
    // Later commits have later dates, the same in every run.
    const date = new Date(Date.UTC(2025, 10, 10, 12) + commits * 60e3).toISOString();
    const done = spawnSync('git', args, {
      cwd: this.folder, encoding: 'utf8',
      env: {
        ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null', GIT_AUTHOR_NAME: 'Tester', GIT_AUTHOR_EMAIL: 'tester@example.org',
        GIT_COMMITTER_NAME: 'Tester', GIT_COMMITTER_EMAIL: 'tester@example.org',
      },
    });
    if (done.status !== 0) throw new Error(`git ${args.join(' ')}: ${done.stderr}`);
    return done.stdout;
  }

  write(name, text) {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  read(name) {
    return readFileSync(path.join(this.folder, name), 'utf8');
  }

  remove(name) {
    rmSync(path.join(this.folder, name));
  }

  writeLogs(logs) {
    for (const [name, text] of Object.entries(files(logs))) this.write(name, text);
  }

  commit(message) {
    if (!this.usesGit) return;
    commits++;
    this.git('add', '-A');
    this.git('commit', '-q', '--allow-empty', '-m', message);
  }

  // Logs written and committed.
  update(logs, message = 'More') {
    this.writeLogs(logs);
    this.commit(message);
  }
}

// ---- a tracker and a folder ----

let caseNumber = 0;

export class Case {
  // logs, or workspace: a Workspace shared with others. repository: options of github.mjs's
  // Repository. user: who pushes.
  static async make(world, { logs, workspace, repository, user = 'admin', ...options } = {}) {
    const made = new Case();
    made.github = new GitHub(world.emulator.port);
    made.proxy = await FaultProxy.start(made.github, world.validator);
    made.repository = await made.github.createRepository(repository);
    // Where the logs come from, by their origin; see servers.mjs.
    made.source = made.github.addRepository(SOURCE, {});
    made.workspace = workspace ?? new Workspace(world.temporary, logs, options);
    made.temporary = path.join(world.temporary, `case-${++caseNumber}`);
    mkdirSync(made.temporary);
    made.user = user;
    made.running = new Set();
    return made;
  }

  get name() {
    return this.repository.name;
  }

  write(name, text) {
    this.workspace.write(name, text);
  }

  update(logs, message) {
    this.workspace.update(logs, message);
  }

  environment(more = {}) {
    const clean = Object.fromEntries(
      Object.entries(process.env).filter(([key]) => !/^(GIT_|GITHUB_|GH_|WLSYNC|XDG_|CLICOLOR|COLUMNS|NO_COLOR)/i.test(key)));
    return {
      ...clean,
      HOME: this.temporary,
      XDG_CACHE_HOME: path.join(this.temporary, 'cache'),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CEILING_DIRECTORIES: path.dirname(this.workspace.folder),
      WLSYNC_NOW: '2025-11-14T12:00:00Z',
      WLSYNC_TOKEN: tokenOf(this.user),
      // A loopback address is never asked for through a proxy.
      http_proxy: 'http://127.0.0.1:9',
      HTTP_PROXY: 'http://127.0.0.1:9',
      ALL_PROXY: 'http://127.0.0.1:9',
      TZ: 'UTC',
      LC_ALL: 'C.UTF-8',
      ...more,
    };
  }

  // Starts `wlsync push ARGS`; .child is the process, .done its Run.
  start(args = [], options = {}) {
    const first = this.proxy.requests.length;
    const all = [...(options.command ?? ['push']), ...args];
    if (options.target !== false) all.push('--url', this.proxy.url, '--repo', this.name);
    const child = spawn(WLSYNC, all, {
      cwd: options.folder ?? this.workspace.folder,
      env: this.environment(options.env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    this.running.add(child);
    const begun = process.hrtime.bigint();
    const done = new Promise((resolve, reject) => {
      const result = { command: `wlsync ${all.join(' ')}`, out: '', err: '' };
      child.stdout.setEncoding('utf8').on('data', (text) => (result.out += text));
      child.stderr.setEncoding('utf8').on('data', (text) => (result.err += text));
      const timer = setTimeout(() => child.kill('SIGABRT'), (options.seconds ?? PUSH_SECONDS) * 1000);
      child.once('error', reject);
      child.once('close', (status, signal) => {
        clearTimeout(timer);
        this.running.delete(child);
        result.ms = Number(process.hrtime.bigint() - begun) / 1e6;
        resolve(new Run(Object.assign(result, { status, signal }), this, first));
      });
    });
    return { child, done };
  }

  // Runs `wlsync push ARGS` to its end.
  push(args, options) {
    return this.start(args, options).done;
  }

  // Runs it and demands that status.
  async pushed(args = [], status = 0, options = {}) {
    const result = await this.push(args, options);
    result.exits(status);
    return result;
  }

  // Kills the process that runs with SIGKILL, and waits until it is gone.
  async kill(child = this.child) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  // ---- the tracker as a person sees it ----

  // A person's request: as('colleague', 'PATCH', '/issues/3', {title: 'x'}) → the answer's value.
  async as(login, method, target, value) {
    const reply = await this.github.handle({
      method,
      target: `/repos/${this.name}${target}`,
      headers: { 'user-agent': 'browser', authorization: `Bearer ${tokenOf(login)}` },
      body: Buffer.from(value === undefined ? '' : JSON.stringify(value)),
    });
    if (reply.status >= 300) throw new Error(`${method} ${target} as ${login}: ${reply.status} ${reply.body}`);
    return reply.body.length ? JSON.parse(reply.body) : null;
  }

  // Every issue in any state, oldest first: {number, id, title, body, state, state_reason, user,
  // labels: [names, sorted], blockers: [numbers], comments: [{id, user, body}]}.
  async issues() {
    const found = [];
    for (let page = 1; ; page++) {
      const some = await this.look(`/issues?state=all&direction=asc&sort=created&per_page=100&page=${page}`);
      found.push(...some);
      if (some.length < 100) break;
    }
    const gone = ({ number }) => this.repository.deleted.has(number) || this.repository.moved.has(number);
    return Promise.all(found.filter((issue) => !gone(issue)).map((issue) => this.seen(issue)));
  }

  // Asks the emulator itself: nothing is hidden, nothing counted.
  async look(target) {
    const reply = await this.github.forward('GET', `/repos/${this.name}${target}`, undefined, 'admin');
    if (reply.status !== 200) throw new Error(`GET ${target}: ${reply.status} ${reply.body}`);
    return JSON.parse(reply.body);
  }

  async seen(issue) {
    const { number, id, title, body, state, user } = issue;
    const comments = issue.comments ? await this.look(`/issues/${number}/comments?per_page=100`) : [];
    return {
      number, id, title, body: body ?? '', state,
      state_reason: this.repository.reasons.get(number) ?? issue.state_reason,
      user: user.login,
      labels: issue.labels.map(({ name }) => name).sort(),
      blockers: [...(this.repository.blockers.get(number) ?? [])].sort((a, b) => a - b),
      comments: comments.map((one) => ({ id: one.id, user: one.user.login, body: one.body })),
    };
  }

  // The issues that are somebody's, by log: {log: issue}. Fails when a log has two live ones.
  async live() {
    const live = {};
    for (const issue of await this.issues()) {
      const record = recordOf(issue);
      if (!record || record['dup-of']) continue;
      assert.ok(!live[record.id], `two live issues for ${record.id}: #${live[record.id]?.number} and #${issue.number}`);
      live[record.id] = issue;
    }
    return live;
  }

  async issue(log) {
    const found = (await this.live())[log];
    assert.ok(found, `no issue for ${log}`);
    return found;
  }

  // The tracker's state with what may differ between two runs taken out: addresses, the name of
  // the repository, numbers of issues (their logs' names stand instead), ids.
  async state() {
    const live = await this.live();
    const numbers = new Map(Object.entries(live).map(([id, { number }]) => [number, id]));
    const named = (number) => numbers.get(Number(number)) ?? `#${number}`;
    const plain = (text) =>
      text
        .replaceAll(this.proxy.url, 'BASE')
        .replaceAll(this.name, 'admin/repo')
        .replace(/(?<=#|\/issues\/)\d+/g, named)
        .replace(/ links=([\d,]+)/g, (all, some) => ` links=${some.split(',').map(named).sort()}`);
    const state = {};
    for (const id of Object.keys(live).sort()) {
      const { number, id: unused, user, comments, blockers, ...issue } = live[id];
      state[id] = {
        ...issue,
        body: plain(issue.body),
        blockers: blockers.map(named).sort(),
        comments: comments.map(({ body }) => plain(body)),
      };
    }
    return state;
  }

  // Fails when somebody could still wait for the lock: it is gone, or its time is over.
  async unlocked(what = 'at the end') {
    if (!this.repository.labels.has('wlsync-lock')) return;
    const { description } = await this.look('/labels/wlsync-lock');
    const [, until] = /^\S.* expires (\S+Z)$/.exec(description) ?? [];
    assert.ok(Date.parse(until) < this.github.now(), `${what}: the lock is left: ${description}`);
  }

  // Ends the case before its test does, in tests that make hundreds.
  async done(context) {
    context.cases.splice(context.cases.indexOf(this), 1);
    const problems = await this.close();
    assert.deepEqual(problems, []);
  }

  async close() {
    for (const child of this.running) await this.kill(child);
    const problems = await this.proxy.problems();
    await this.proxy.stop();
    return problems;
  }
}

// ---- what a run said and did ----

export class Run {
  constructor(result, owner, first) {
    Object.assign(this, result);
    this.all = owner.proxy.requests;
    this.first = first;
    this.last = this.all.length;
  }

  get requests() {
    return this.all.slice(this.first, this.last);
  }

  get writes() {
    return this.requests.filter(({ method }) => method !== 'GET');
  }

  get json() {
    return JSON.parse(this.out);
  }

  // All that was said, for messages.
  get said() {
    const list = this.requests.map(({ n, method, target, status }) => `${n} ${method} ${target} ${status}`);
    const shown = list.length > 60 ? [...list.slice(0, 30), '…', ...list.slice(-30)] : list;
    return `${this.command}\nstatus ${this.status ?? this.signal}, ${Math.round(this.ms)} ms\nstdout:\n${this.out.slice(0, 3000)}\nstderr:\n${this.err.slice(0, 3000)}\nrequests:\n${shown.join('\n')}`;
  }

  exits(status) {
    assert.ok(!/Sanitizer|runtime error:/.test(this.err), this.said);
    assert.ok(this.status === status, `status ${status} expected\n${this.said}`);
    return this;
  }

  // Text or RegExp in what it said, on either stream.
  says(what) {
    const all = `${this.out}\n${this.err}`;
    assert.ok(what instanceof RegExp ? what.test(all) : all.includes(what), `${what} was not said\n${this.said}`);
    return this;
  }

  wrote(count = 0) {
    assert.equal(this.writes.length, count, `${count} writes expected\n${this.said}`);
    return this;
  }
}

// ---- the words in bodies ----

const RECORD = /^<!-- wlsync:1 (.*) -->$/m;
const END = '<!-- /wlsync -->';

const parsed = (text) =>
  Object.fromEntries(text.replace(/\bdup-of #/, 'dup-of=#').split(' ').filter(Boolean).map((pair) => {
    const [key, ...value] = pair.split('=');
    return [key, decodeURIComponent(value.join('='))];
  }));

// The record of an issue: {id, src, v, …, 'dup-of': '#3'}, or null.
export function recordOf({ body }) {
  const found = RECORD.exec((body ?? '').replace(/\r/g, ''));
  return found ? parsed(found[1]) : null;
}

// The region without its marker lines.
export function regionOf({ body }) {
  const found = RECORD.exec(body);
  const end = found && body.indexOf(END, found.index);
  return found && end > 0 ? body.slice(found.index + found[0].length + 1, end) : null;
}

// The marker of a comment of ours: {id, v, hash}, or null.
export function commentOf({ body }) {
  const found = /^<!-- wlsync-comment:1 (.*) -->/.exec(body);
  return found ? parsed(found[1]) : null;
}

// Is the text one document of docs/schema/NAME.json? Fails with what is wrong.
export function validates(name, text, temporary) {
  const file = path.join(temporary, `${name}.json`);
  writeFileSync(file, text);
  const judged = spawnSync('/usr/bin/python3', [path.join(SRC, 'tests/support/validate.py'), name, file], { encoding: 'utf8' });
  assert.equal(judged.status, 0, `${judged.stdout}${judged.stderr}\n${text.slice(0, 1000)}`);
}

export { assert };
