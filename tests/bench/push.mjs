// SPDX-License-Identifier: MIT
//
// The benchmark of push.sh: the script and `wlsync push` on the same logs, the same server.
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert, comment, run, test } from '../trackers/harness.mjs';
import { tokenOf } from '../trackers/github.mjs';
import { many } from '../trackers/logs.mjs';

const count = Number(process.argv[2] ?? 50);
const script = path.join(path.dirname(fileURLToPath(import.meta.url)), 'push_by_hand.sh');
const has = (tool) => spawnSync('which', [tool]).status === 0;

const row = (name, requests, ms) =>
  comment(`${name.padEnd(36)} ${String(requests.length).padStart(6)} requests ${(ms / 1000).toFixed(2).padStart(8)} s`);

async function byHand(c, tool) {
  const first = c.proxy.requests.length;
  const begun = Date.now();
  const child = spawn('bash', [script, tool, c.proxy.url, c.name, c.workspace.folder], {
    env: { ...c.environment(), GH_TOKEN: tokenOf('admin') }, stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => (said += text));
  const status = await new Promise((resolve) => child.once('close', resolve));
  assert.equal(status, 0, said);
  return { requests: c.proxy.requests.slice(first), ms: Date.now() - begun };
}

for (const tool of ['gh', 'curl'].filter(has))
  test(`${count} logs with a script around ${tool}`, async (t) => {
    const c = await t.case({ logs: many(count) });
    c.proxy.validator = null;
    const first = await byHand(c, tool);
    row(`${tool}, first`, first.requests, first.ms);
    const second = await byHand(c, tool);
    row(`${tool}, nothing changed`, second.requests, second.ms);
    assert.equal((await c.issues()).length, count);
  });

test(`${count} logs with wlsync push`, async (t) => {
  const c = await t.case({ logs: many(count) });
  c.proxy.validator = null;
  const first = await c.pushed(['--yes']);
  row('wlsync push, first', first.requests, first.ms);
  const second = await c.pushed();
  row('wlsync push, nothing changed', second.requests, second.ms);
  const third = await c.pushed();
  row('wlsync push, nothing changed, again', third.requests, third.ms);
  second.wrote(0);
});

await run();
