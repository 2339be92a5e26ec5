// SPDX-License-Identifier: MIT
//
// The servers that the tests speak to: a GitHub that remembers (emulate), and a validator made
// from GitHub's own description (Prism). Installed with npm into a folder of the build, started
// as children on free loopback ports, and ended by pid; see guard.cjs for how nothing stays.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync,
} from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

const here = path.dirname(fileURLToPath(import.meta.url));
const PACKAGE_FILES = ['package.json', 'package-lock.json', '.npmrc'];
const DESCRIPTION = 'node_modules/@octokit/openapi/generated/api.github.com.json';

// The accounts of the emulated GitHub; a token is `token-of-LOGIN` (see github.mjs). The first
// is the one that the emulator takes for every token that it does not know.
export const ACCOUNTS = ['admin', 'colleague', 'mallory', 'github-actions[bot]'];

function installedStamp() {
  const hash = createHash('sha256');
  for (const file of [...PACKAGE_FILES, 'slim.mjs']) hash.update(readFileSync(path.join(here, file)));
  return hash.digest('hex');
}

function isInstalled(folder) {
  const stamp = path.join(folder, 'installed');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === installedStamp();
}

function run(command, args, folder) {
  const done = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (done.status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${done.error ?? done.stdout + done.stderr}`);
}

function installNow(folder) {
  for (const file of PACKAGE_FILES) copyFileSync(path.join(here, file), path.join(folder, file));
  run('npm', ['ci', '--ignore-scripts'], folder);
  run(process.execPath, [path.join(here, 'slim.mjs'), DESCRIPTION, 'slim.json'], folder);
  // The package brings ten descriptions more, 380 MB of them.
  const generated = path.join(folder, path.dirname(DESCRIPTION));
  for (const file of readdirSync(generated))
    if (file !== path.basename(DESCRIPTION)) rmSync(path.join(generated, file));
  writeFileSync(path.join(folder, 'installed'), installedStamp());
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

// Installs once, however many tests begin at the same moment: a folder made is a lock taken.
export async function install(folder) {
  mkdirSync(folder, { recursive: true });
  const lock = path.join(folder, 'lock');
  const owner = path.join(lock, 'pid');
  while (!isInstalled(folder)) {
    try {
      mkdirSync(lock);
    } catch {
      await sleep(200);
      if (existsSync(owner) && !isAlive(Number(readFileSync(owner, 'utf8'))))
        rmSync(lock, { recursive: true, force: true });
      continue;
    }
    try {
      writeFileSync(owner, String(process.pid));
      if (!isInstalled(folder)) installNow(folder);
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  return folder;
}

const children = new Set();

// Starts a Node program under guard.cjs; resolves with its port when it answers.
function start(name, program, args, folder) {
  const child = spawn(process.execPath, ['--require', path.join(here, 'guard.cjs'), program, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'test', NODE_OPTIONS: '' },
  });
  children.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => (said = (said + data).slice(-4000)));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} does not start: ${said}`)), 60000);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      children.delete(child);
      reject(new Error(`${name} ended (${code ?? signal}): ${said}`));
    });
    child.stdio[3].once('data', (data) => {
      clearTimeout(timer);
      resolve({ name, child, port: parseInt(data, 10), said: () => said });
    });
  });
}

export async function stopServers() {
  const ended = [...children].map((child) => new Promise((resolve) => child.once('exit', resolve)));
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(ended);
}

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

export async function startEmulator(folder) {
  const seed = path.join(folder, `seed-${process.pid}.json`);
  const tokens = { test_token_admin: { login: 'admin', scopes: ['repo', 'user'] } };
  for (const login of ACCOUNTS)
    tokens[`token-of-${login}`] = { login, scopes: ['repo', 'user'] };
  const users = ACCOUNTS.map((login) => ({ login, name: login }));
  const orgs = [{ login: 'acme' }];
  const repos = [{ owner: 'acme', name: 'shop' }];
  writeFileSync(seed, JSON.stringify({ tokens, github: { users, orgs, repos } }));
  try {
    return await start('emulate', 'node_modules/emulate/dist/index.js',
      ['start', '--service', 'github', '--port', '1', '--seed', seed, '--base-url', EMULATED], folder);
  } finally {
    rmSync(seed, { force: true });
  }
}

// What the emulator writes into its links; github.mjs puts the address of the proxy there.
export const EMULATED = 'https://emulated.invalid';

// Judges requests by GitHub's description. Each kind of request is sent once: the name of the
// repository and the numbers of issues make no difference.
export class Validator {
  static async start(folder) {
    const server = await start('prism', 'node_modules/.bin/prism',
      ['mock', '--errors', '--host', '127.0.0.1', '--port', '1', 'slim.json'], folder);
    return new Validator(server.port);
  }

  constructor(port) {
    this.port = port;
    this.asked = new Map();
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
  }

  // Resolves with null, or with what is wrong with the request.
  check({ method, target, headers, body }) {
    const same = target
      .replace(/^\/repos\/[^/?]+\/[^/?]+/, '/repos/o/r')
      .replace(/\/(issues|comments|blocked_by)\/\d+/g, '/$1/1');
    const key = createHash('sha1').update(`${method} ${same}\n${body}`).digest('hex');
    if (!this.asked.has(key)) this.asked.set(key, this.ask(method, same, headers, body));
    return this.asked.get(key);
  }

  ask(method, target, headers, body) {
    const sent = { accept: 'application/json' };
    if (headers['content-type']) sent['content-type'] = headers['content-type'];
    if (body.length) sent['content-length'] = body.length;
    return new Promise((resolve, reject) => {
      const request = http.request(
        { port: this.port, host: '127.0.0.1', method, path: target, headers: sent, agent: this.agent },
        (response) => {
          const parts = [];
          response.on('data', (part) => parts.push(part));
          response.on('end', () => resolve(verdict(response, Buffer.concat(parts).toString())));
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  }
}

function verdict(response, text) {
  if (response.statusCode < 400) return null;
  try {
    const { title, validation } = JSON.parse(text);
    const faults = (validation ?? []).map((fault) => `${fault.location?.join('.')}: ${fault.message}`);
    return [`${response.statusCode} ${title}`, ...faults].join('; ');
  } catch {
    return `${response.statusCode} ${text.slice(0, 300)}`;
  }
}
