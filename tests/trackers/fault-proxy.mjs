// SPDX-License-Identifier: MIT
//
// The address that wlsync is given: an HTTP server in this process, in front of a GitHub (see
// github.mjs). It numbers and records every request, has each judged by the validator, and lets
// a test do harm at a chosen moment:
//
//   proxy.rule({ method: 'POST', path: /\/issues$/, nth: 2, at: 'after', do: cut })
//
// A rule matches by method, path (string or RegExp, against the path without query), query
// (RegExp), number of the request (n), or a function (when); nth counts its matches from 1,
// times says how often it acts (default: always; once with n or nth). Moments: 'before'
// forwarding, 'after' forwarding, when the reply is known and not sent, 'replied', when the
// last byte is handed to the kernel. What `do` returns, if anything, decides:
//
//   CUT            the connection is destroyed, now
//   HALF           the reply is sent in part, then the connection is destroyed
//   {status, …}    this is the reply (before: the request is not forwarded)
//   nothing        all goes on
//
// A rule may also wait (`do: async () => …`), for delays, or kill the client there.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { answer } from './github.mjs';

export const CUT = Symbol('cut');
export const HALF = Symbol('half');
export const cut = () => CUT;
export const half = () => HALF;
export const delay = (ms) => () => sleep(typeof ms === 'function' ? ms() : ms);

// A reply with that status: reply(429, {'retry-after': 1}), reply(502), reply(200, {}, 'text').
export function reply(status, headers = {}, body = undefined) {
  return () => {
    const made = typeof body === 'string' || Buffer.isBuffer(body)
      ? { status, headers: { 'content-type': 'text/html' }, body: Buffer.from(body) }
      : answer(status, body ?? { message: http.STATUS_CODES[status] ?? 'Trouble', status: String(status) });
    Object.assign(made.headers, headers);
    return made;
  };
}

// The reply changed: by its JSON value (edit), or by its headers.
export const edit = (change) => ({ reply: got }) => {
  const value = JSON.parse(got.body);
  return { ...got, body: Buffer.from(JSON.stringify(change(value) ?? value)) };
};
export const header = (name, value) => ({ reply: got }) => ({ ...got, headers: { ...got.headers, [name]: value } });

function matches(rule, context) {
  const is = (pattern, text) =>
    pattern === undefined || (pattern instanceof RegExp ? pattern.test(text) : pattern === text);
  return (
    is(rule.method, context.method) &&
    is(rule.path, context.path) &&
    is(rule.query, context.query) &&
    (rule.n === undefined || rule.n === context.n) &&
    (rule.when === undefined || rule.when(context))
  );
}

export class FaultProxy {
  static async start(github, validator) {
    const proxy = new FaultProxy(github, validator);
    await new Promise((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    proxy.url = `http://127.0.0.1:${proxy.server.address().port}`;
    github.base = proxy.url;
    return proxy;
  }

  constructor(github, validator) {
    this.github = github;
    this.validator = validator;
    this.requests = []; // {n, at, method, path, query, headers, body, status, conditional, problem}
    this.rules = [];
    this.pending = new Set();
    this.running = new Set();
    this.server = http.createServer({ keepAliveTimeout: 60000 }, (request, response) => {
      const done = this.serve(request, response).catch((error) => {
        this.failure ??= error;
        response.destroy();
      });
      this.running.add(done);
      done.finally(() => this.running.delete(done));
    });
  }

  rule(rule) {
    const made = { at: 'before', times: rule.n || rule.nth ? 1 : Infinity, seen: 0, ...rule };
    this.rules.push(made);
    return made;
  }

  clear() {
    this.rules = [];
  }

  // Forgets what was recorded; numbers begin at 1 again.
  reset() {
    this.requests = [];
  }

  get writes() {
    return this.requests.filter(({ method }) => method !== 'GET');
  }

  get creations() {
    return this.requests.filter(({ method, path }) => method === 'POST' && /\/issues$/.test(path));
  }

  async act(at, context) {
    for (const rule of this.rules) {
      if (rule.at !== at || rule.times <= 0 || !matches(rule, context)) continue;
      rule.seen++;
      if (rule.nth !== undefined && rule.seen !== rule.nth) continue;
      rule.times--;
      const decided = await rule.do(context);
      if (decided !== undefined) return decided;
    }
    return undefined;
  }

  async serve(request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    // A client that takes this for its HTTP proxy sends the whole address (gh, in the benchmark).
    const target = request.url.replace(/^http:\/\/[^/]+/, '');
    const [path, query = ''] = target.split('?', 2);
    const context = {
      method: request.method, target, path, query, headers: request.headers, body,
      n: this.requests.length + 1, status: null, at: Date.now(),
      conditional: 'if-none-match' in request.headers,
    };
    this.requests.push(context);
    this.validate(context);
    let decided = await this.act('before', context);
    let got = decided;
    if (decided === undefined || decided === HALF) {
      got = await this.github.handle(context);
      context.reply = got;
      context.status = got.status;
      decided = (await this.act('after', context)) ?? decided;
      if (decided !== undefined && decided !== HALF) got = decided;
    }
    if (got === CUT) {
      response.socket?.destroy();
      return;
    }
    context.status = got.status;
    context.reply = got;
    await this.send(response, got, decided === HALF);
    if (decided !== HALF) await this.act('replied', context);
  }

  send(response, got, cutShort) {
    // Replies of a rule have the server's time as well.
    const headers = { date: new Date(this.github.now()).toUTCString(), ...got.headers };
    response.writeHead(got.status, { ...headers, 'content-length': got.body.length });
    return new Promise((resolve) => {
      response.on('close', resolve);
      if (!cutShort) {
        response.end(got.body, resolve);
        return;
      }
      response.write(got.body.subarray(0, Math.floor(got.body.length / 2)), () => {
        response.socket?.destroy();
        resolve();
      });
      if (got.body.length < 2) response.socket?.destroy();
    });
  }

  validate(context) {
    if (!this.validator) return;
    const judged = this.validator.check(context).then((problem) => {
      context.problem = problem;
    });
    this.pending.add(judged);
    judged.finally(() => this.pending.delete(judged));
  }

  // What GitHub's description says against the requests so far; a line each, or none.
  async problems() {
    await Promise.all([...this.pending]);
    const lines = this.requests
      .filter(({ problem }) => problem)
      .map(({ method, target, problem, body }) => `${method} ${target}: ${problem} ${body.toString().slice(0, 200)}`);
    if (this.failure) lines.push(`the proxy failed: ${this.failure.stack}`);
    return [...new Set(lines)];
  }

  async stop() {
    await Promise.all([...this.pending]);
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
