// SPDX-License-Identifier: MIT
//
// GitHub as wlsync meets it: the emulator remembers, this adds what the emulator lacks or does
// otherwise (facts about GitHub: conditional requests, wrong tokens, labels without case, sizes,
// who may do what, dependencies, deleted and moved issues, limits, a clock of its own). One
// GitHub a case; requests go in as {method, target, headers, body}, answers come out as
// {status, headers, body}. No sockets towards the client here: see fault-proxy.mjs.
import { createHash, randomUUID } from 'node:crypto';
import http from 'node:http';
import { ACCOUNTS, EMULATED } from './servers.mjs';

const agent = new http.Agent({ keepAlive: true, maxSockets: 32 });
const TOKEN = /^(?:bearer|token) (\S+)$/i;
const MAY_TRIAGE = new Set(['admin', 'maintain', 'push', 'triage']);
const MAX_BLOCKERS = 50;

export const tokenOf = (login) => `token-of-${login}`;

export function answer(status, value, headers = {}) {
  const body = value === null ? Buffer.alloc(0) : Buffer.from(JSON.stringify(value));
  const type = value === null ? {} : { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers: { ...type, ...headers }, body };
}

const problem = (status, message, more = {}) =>
  answer(status, { message, ...more, documentation_url: 'https://docs.github.com/rest', status: String(status) });
const invalid = (resource, field, code, message) =>
  problem(422, 'Validation Failed', { errors: [{ resource, field, code, ...(message ? { message } : {}) }] });
const notFound = () => problem(404, 'Not Found');

class Repository {
  constructor(name, options) {
    Object.assign(this, {
      name, // OWNER/NAME, in its own case
      private: false,
      archived: false,
      issues: true,
      renamedTo: null, // OWNER/NAME
      roles: {}, // login → admin, maintain, push, triage, pull
      associations: {}, // login → author_association, when not what the role says
      labels: new Map(), // name in lower case → name
      known: new Map(), // number → {id, state}
      blockers: new Map(), // number → Set of numbers
      deleted: new Set(),
      locked: new Set(), // refuse every comment
      moved: new Map(), // number → {repository, number}
      reasons: new Map(), // number → a state_reason that the emulator ignores
      born: new Map(), // number → {at, lists}: since when, and how many lists it was hidden from
      ...options,
    });
    this.owner = name.split('/')[0];
  }

  role(login) {
    return login === this.owner ? 'admin' : this.roles[login] ?? 'pull';
  }

  association(login) {
    if (this.associations[login]) return this.associations[login];
    if (login === this.owner) return 'OWNER';
    return this.roles[login] && this.roles[login] !== 'pull' ? 'COLLABORATOR' : 'NONE';
  }

  label(name) {
    const key = name.toLowerCase();
    if (!this.labels.has(key)) this.labels.set(key, name);
    return this.labels.get(key);
  }

  // Does the issue wait, by any number of steps, for the other?
  waitsFor(from, to, seen = new Set()) {
    if (from === to) return true;
    seen.add(from);
    return [...(this.blockers.get(from) ?? [])].some((next) => !seen.has(next) && this.waitsFor(next, to, seen));
  }
}

export class GitHub {
  // port: the emulator's.
  constructor(port) {
    this.port = port;
    this.base = 'http://127.0.0.1:0'; // the proxy's address, for links
    this.repositories = new Map();
    this.tokens = new Map(ACCOUNTS.map((login) => [tokenOf(login), login]));
    this.skew = 0; // milliseconds that this server's clock is ahead
    this.forwarded = 0;
    // What a server may lack, and how it may be slow or strict; tests set these.
    this.dependencies = true; // false: an older Enterprise server
    this.dropLabels = false; // true: creations lose their labels, silently
    this.lag = { ms: 0, lists: 0 }; // fresh issues are missing from lists that long
    this.creations = { perHour: Infinity, says: 'retry-after', count: 0, since: 0 };
    this.quota = { limit: 5000, remaining: 5000, reset: 0 }; // reset: seconds
    this.etags = true;
  }

  now() {
    return Date.now() + this.skew;
  }

  advance(ms) {
    this.skew += ms;
  }

  async createRepository(options = {}) {
    const name = options.name ?? `r${randomUUID().slice(0, 8)}`;
    const made = await this.forward('POST', '/user/repos', { name, private: Boolean(options.private) }, 'admin');
    if (made.status !== 201) throw new Error(`cannot make a repository: ${made.body}`);
    return this.addRepository(`admin/${name}`, options);
  }

  addRepository(full, { name, ...options } = {}) {
    const repository = new Repository(full, options);
    this.repositories.set(full.toLowerCase(), repository);
    return repository;
  }

  // Sends a request on to the emulator; with a token that no counter there can exhaust.
  forward(method, target, value, login, accept) {
    this.forwarded++;
    this.id ??= randomUUID();
    const token = login === 'admin' ? `${this.id}-${Math.floor(this.forwarded / 2000)}` : tokenOf(login);
    const body = value === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(value));
    const headers = { accept: accept ?? 'application/json', host: 'emulated', 'content-length': body.length };
    if (login) headers.authorization = `Bearer ${token}`;
    if (body.length) headers['content-type'] = 'application/json';
    return new Promise((resolve, reject) => {
      const request = http.request(
        { host: '127.0.0.1', port: this.port, method, path: target, headers, agent },
        (response) => {
          const parts = [];
          response.on('data', (part) => parts.push(part));
          response.on('end', () =>
            resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
          response.on('error', reject);
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  }

  // The one way in, for the client and for people.
  async handle({ method, target, headers = {}, body = Buffer.alloc(0) }) {
    if (this.now() / 1000 >= this.quota.reset)
      Object.assign(this.quota, { remaining: this.quota.limit, reset: Math.floor(this.now() / 1000) + 3600 });
    const reply = await this.reply(method, target, headers, body);
    reply.headers = {
      date: new Date(this.now()).toUTCString(),
      server: 'github.com',
      'x-github-media-type': 'github.v3; format=json',
      'x-github-request-id': randomUUID().slice(0, 18).toUpperCase(),
      'x-ratelimit-limit': String(this.quota.limit),
      'x-ratelimit-remaining': String(Math.max(0, this.quota.remaining)),
      'x-ratelimit-reset': String(this.quota.reset),
      'x-ratelimit-resource': 'core',
      ...reply.headers,
    };
    return this.conditional(method, headers, reply);
  }

  conditional(method, headers, reply) {
    if (!this.etags || method !== 'GET' || reply.status !== 200) {
      this.quota.remaining--;
      return reply;
    }
    const hash = createHash('sha256').update(reply.headers.link ?? '').update(reply.body).digest('hex');
    const etag = `W/"${hash}"`;
    reply.headers.etag = etag;
    const asked = (headers['if-none-match'] ?? '').split(/\s*,\s*/);
    if (!asked.some((one) => one.replace(/^W\//, '') === etag.slice(2))) {
      this.quota.remaining--;
      return reply;
    }
    // As on GitHub, no body, and no links to other pages.
    const { 'content-type': type, link, ...rest } = reply.headers;
    return { status: 304, headers: rest, body: Buffer.alloc(0) };
  }

  async reply(method, target, headers, body) {
    if (!headers['user-agent'])
      return problem(403, 'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.');
    const given = headers.authorization;
    const login = given ? this.tokens.get(TOKEN.exec(given)?.[1]) : null;
    if (given && !login) return problem(401, 'Bad credentials');
    if (this.quota.remaining <= 0)
      return problem(403, 'API rate limit exceeded for user ID 1.');
    let value;
    if (body.length) {
      try {
        value = JSON.parse(body);
      } catch {
        return problem(400, 'Problems parsing JSON');
      }
    }
    if (method !== 'GET' && !login) return problem(401, 'Requires authentication');
    const url = new URL(target, 'http://x');
    if (url.pathname === '/user') return this.user(method, login);
    const path = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(decodeURI(url.pathname));
    if (!path) return this.passed(await this.forward(method, target, value, login));
    const repository = this.repositories.get(path[1].toLowerCase());
    if (!repository) return notFound();
    if (repository.private && !login) return notFound();
    if (repository.private && repository.role(login) === 'pull' && !repository.roles[login]) return notFound();
    if (repository.renamedTo)
      return answer(301, { message: 'Moved Permanently' },
        { location: `${this.base}/repos/${repository.renamedTo}${path[2] ?? ''}${url.search}` });
    return this.within({ method, url, value, login, repository, rest: path[2] ?? '', body });
  }

  async user(method, login) {
    if (!login) return problem(401, 'Requires authentication');
    // What the token of a workflow is told.
    if (login.endsWith('[bot]')) return problem(403, 'Resource not accessible by integration');
    // Without what other tests change at the same time, or no two answers would be the same.
    return this.passed(await this.forward('GET', '/user', undefined, login), (got) => ({
      ...got, public_repos: 0, owned_private_repos: 0, total_private_repos: 0, updated_at: got.created_at,
    }));
  }

  // An answer of the emulator, its own address replaced by ours.
  passed(reply, change) {
    const headers = {};
    if (reply.headers['content-type']) headers['content-type'] = reply.headers['content-type'];
    if (reply.headers.link)
      headers.link = reply.headers.link.replace(/<https?:\/\/[^/>]+/g, `<${this.base}`);
    let text = reply.body.toString();
    text = text.replaceAll(`"html_url":"${EMULATED}/`, '"html_url":"https://github.example/');
    text = text.replaceAll(EMULATED, this.base);
    if (change && reply.status < 300 && text) text = JSON.stringify(change(JSON.parse(text)));
    return { status: reply.status, headers, body: Buffer.from(text) };
  }

  async within(request) {
    const { method, repository, rest, login } = request;
    if (rest === '') return this.repository(request);
    if (repository.archived && method !== 'GET')
      return problem(403, 'Repository was archived so is read-only.');
    if (rest.startsWith('/issues') && !repository.issues)
      return problem(410, 'Issues are disabled for this repo');
    const triage = MAY_TRIAGE.has(repository.role(login));
    if (/^\/labels(\/|$)/.test(rest)) return this.labels(request, triage);
    const issue = /^\/issues\/(\d+)(\/.*)?$/.exec(rest);
    if (issue) return this.issue(request, Number(issue[1]), issue[2] ?? '', triage);
    if (rest === '/issues' && method === 'GET') return this.list(request);
    if (rest === '/issues' && method === 'POST') return this.create(request, triage);
    return this.rest(request);
  }

  async rest(request) {
    const { method, repository, rest, url, value, login } = request;
    if (rest.startsWith('/issues/comments/') && typeof value?.body === 'string' && value.body.length > 65536)
      return invalid('IssueComment', 'body', 'custom', 'body is too long (maximum is 65536 characters)');
    const reply = await this.forward(method, `/repos/${repository.name}${rest}${url.search}`, value, login);
    return this.passed(reply, (got) => this.eachComment(repository, got));
  }

  eachComment(repository, got) {
    for (const comment of Array.isArray(got) ? got : [got])
      if (comment?.user?.login) comment.author_association = repository.association(comment.user.login);
    return got;
  }

  async repository({ method, repository, login }) {
    if (method !== 'GET') return problem(403, 'Must have admin rights to Repository.');
    const reply = await this.forward('GET', `/repos/${repository.name}`, undefined, 'admin');
    return this.passed(reply, (got) => {
      const ranks = ['pull', 'triage', 'push', 'maintain', 'admin'];
      const rank = ranks.indexOf(repository.role(login));
      got.permissions = Object.fromEntries(ranks.map((name, i) => [name, i <= rank]).reverse());
      if (!login) delete got.permissions;
      return { ...got, archived: repository.archived, has_issues: repository.issues };
    });
  }

  async labels({ method, repository, rest, url, value, login }, triage) {
    const named = /^\/labels\/(.+)$/.exec(rest);
    if (method !== 'GET' && !triage) return problem(403, 'Resource not accessible by personal access token');
    let name = named && decodeURIComponent(named[1]);
    if (named && !repository.labels.has(name.toLowerCase())) return notFound();
    if (named) name = repository.labels.get(name.toLowerCase());
    if (method === 'POST' && !named) {
      if (typeof value?.name !== 'string' || !value.name.trim()) return invalid('Label', 'name', 'missing_field');
      if (repository.labels.has(value.name.toLowerCase())) return invalid('Label', 'name', 'already_exists');
      if ((value.description ?? '').length > 100) return invalid('Label', 'description', 'invalid');
      repository.label(value.name);
    }
    if (method === 'DELETE' && named) repository.labels.delete(name.toLowerCase());
    if (method === 'PATCH' && value?.new_name) {
      repository.labels.delete(name.toLowerCase());
      repository.label(value.new_name);
    }
    const path = named ? `/labels/${encodeURIComponent(name)}` : '/labels';
    return this.passed(await this.forward(method, `/repos/${repository.name}${path}${url.search}`, value, login));
  }

  // What an issue says of itself, put right.
  dressed(repository, issue) {
    const { number } = issue;
    repository.known.set(number, { id: issue.id, state: issue.state });
    if (issue.user) issue.author_association = repository.association(issue.user.login);
    if (repository.reasons.has(number)) issue.state_reason = repository.reasons.get(number);
    if (repository.locked.has(number)) Object.assign(issue, { locked: true, active_lock_reason: 'off-topic' });
    issue.sub_issues_summary = { total: 0, completed: 0, percent_completed: 0 };
    if (!this.dependencies) return issue;
    const open = (other) => repository.known.get(other)?.state === 'open';
    const blockedBy = [...(repository.blockers.get(number) ?? [])];
    const blocking = [...repository.blockers].filter(([, all]) => all.has(number)).map(([other]) => other);
    issue.issue_dependencies_summary = {
      blocked_by: blockedBy.filter(open).length,
      total_blocked_by: blockedBy.length,
      blocking: blocking.filter(open).length,
      total_blocking: blocking.length,
    };
    return issue;
  }

  async list({ repository, url, login }) {
    const query = new URLSearchParams(url.search);
    if (query.has('labels')) {
      const names = query.get('labels').split(',').map((name) => name.trim());
      query.set('labels', names.map((name) => repository.labels.get(name.toLowerCase()) ?? name).join(','));
    }
    const reply = await this.forward('GET', `/repos/${repository.name}/issues?${query}`, undefined, login);
    const result = this.passed(reply, (got) =>
      got
        .filter(({ number }) => !repository.deleted.has(number) && !repository.moved.has(number))
        .filter(({ number }) => this.isListed(repository, number))
        .map((issue) => this.dressed(repository, issue)));
    for (const born of repository.born.values()) born.lists++;
    return result;
  }

  isListed(repository, number) {
    const born = repository.born.get(number);
    if (!born) return true;
    return Date.now() - born.at >= this.lag.ms && born.lists >= this.lag.lists;
  }

  // A creation more in this hour, or what GitHub says when there were too many.
  limited() {
    const limit = this.creations;
    if (this.now() - limit.since >= 3600e3) Object.assign(limit, { since: this.now(), count: 0 });
    if (limit.count < limit.perHour) {
      limit.count++;
      return null;
    }
    const left = Math.ceil((limit.since + 3600e3 - this.now()) / 1000);
    const message = 'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.';
    if (limit.says === 'retry-after')
      return { ...problem(403, message), headers: { ...problem(403, '').headers, 'retry-after': String(left) } };
    if (limit.says === 'remaining') {
      const reply = problem(403, 'API rate limit exceeded for user ID 1.');
      reply.headers['x-ratelimit-remaining'] = '0';
      reply.headers['x-ratelimit-reset'] = String(Math.floor(this.now() / 1000) + left);
      return reply;
    }
    return problem(403, message);
  }

  tooLong(value) {
    if (typeof value?.title === 'string' && [...value.title].length > 256)
      return invalid('Issue', 'title', 'custom', 'title is too long (maximum is 256 characters)');
    if (typeof value?.body === 'string' && [...value.body].length > 65536)
      return invalid('Issue', 'body', 'custom', 'body is too long (maximum is 65536 characters)');
    return null;
  }

  async create({ repository, value, login }, triage) {
    const refused = this.tooLong(value) ?? this.limited();
    if (refused) return refused;
    const { labels, ...fields } = value ?? {};
    const kept = triage && !this.dropLabels ? (labels ?? []).map((name) => repository.label(name.name ?? name)) : [];
    const reply = await this.forward('POST', `/repos/${repository.name}/issues`, { ...fields, labels: kept }, login);
    return this.passed(reply, (issue) => {
      repository.born.set(issue.number, { at: Date.now(), lists: 0 });
      return this.dressed(repository, issue);
    });
  }

  async issue(request, number, rest, triage) {
    const { method, repository, value, url, login } = request;
    if (repository.deleted.has(number)) return problem(410, 'This issue was deleted');
    const moved = repository.moved.get(number);
    if (moved)
      return rest
        ? notFound()
        : answer(301, { message: 'Moved Permanently' },
          { location: `${this.base}/repos/${moved.repository}/issues/${moved.number}` });
    if (rest.startsWith('/dependencies/')) return this.dependency(request, number, rest, triage);
    const target = `/repos/${repository.name}/issues/${number}`;
    if (rest === '' && method === 'GET')
      return this.passed(await this.forward('GET', target, undefined, login), (got) => this.dressed(repository, got));
    if (rest === '' && method === 'PATCH') return this.patch(request, number, triage);
    if (rest.startsWith('/labels')) return this.issueLabels(request, target, rest, triage);
    if (rest === '/comments' && method === 'POST') {
      if (repository.locked.has(number)) return problem(403, 'Unable to create comment because issue is locked.');
      if (typeof value?.body === 'string' && value.body.length > 65536)
        return invalid('IssueComment', 'body', 'custom', 'body is too long (maximum is 65536 characters)');
      const refused = this.limited();
      if (refused) return refused;
    }
    const reply = await this.forward(method, `${target}${rest}${url.search}`, value, login);
    return this.passed(reply, (got) => (rest === '/comments' ? this.eachComment(repository, got) : got));
  }

  async patch({ repository, value, login }, number, triage) {
    const refused = this.tooLong(value);
    if (refused) return refused;
    if (value?.state !== undefined && value.state !== 'open' && value.state !== 'closed')
      return invalid('Issue', 'state', 'invalid');
    const target = `/repos/${repository.name}/issues/${number}`;
    if (!triage) {
      const before = await this.forward('GET', target, undefined, login);
      if (before.status !== 200) return notFound();
      if (JSON.parse(before.body).user?.login !== login) return problem(403, 'Must have admin rights to Repository.');
    }
    if (value?.labels) value.labels = value.labels.map((name) => repository.label(name.name ?? name));
    if (value?.state_reason === 'duplicate') repository.reasons.set(number, 'duplicate');
    else if (value?.state || value?.state_reason) repository.reasons.delete(number);
    const reply = await this.forward('PATCH', target, value, login);
    return this.passed(reply, (got) => this.dressed(repository, got));
  }

  async issueLabels({ method, repository, value, login }, target, rest, triage) {
    if (method !== 'GET' && !triage) return problem(403, 'Must have admin rights to Repository.');
    const named = /^\/labels\/(.+)$/.exec(rest);
    if (named) {
      const name = repository.labels.get(decodeURIComponent(named[1]).toLowerCase());
      if (!name) return problem(404, 'Label does not exist');
      return this.passed(await this.forward(method, `${target}/labels/${encodeURIComponent(name)}`, undefined, login));
    }
    const names = Array.isArray(value) ? value : value?.labels;
    if (method === 'POST' && !names?.length) return invalid('Issue', 'labels', 'missing_field');
    const sent = names && { labels: names.map((name) => repository.label(name.name ?? name)) };
    return this.passed(await this.forward(method, `${target}/labels`, sent, login));
  }

  async dependency(request, number, rest, triage) {
    const { method, repository, value, url, login } = request;
    const read = async (other) => {
      const reply = await this.forward('GET', `/repos/${repository.name}/issues/${other}`, undefined, login);
      return reply.status === 200 ? JSON.parse(this.passed(reply).body) : null;
    };
    const self = await read(number);
    if (!this.dependencies || !self) return notFound();
    this.dressed(repository, self);
    const blockers = repository.blockers.get(number) ?? new Set();
    if (method === 'GET') {
      const numbers = rest === '/dependencies/blocking'
        ? [...repository.blockers].filter(([, all]) => all.has(number)).map(([other]) => other)
        : [...blockers];
      return this.page(url, await Promise.all(numbers.map(async (other) => this.dressed(repository, await read(other)))));
    }
    if (!triage) return problem(403, 'Must have admin rights to Repository.');
    const byId = (id) => [...repository.known].find(([, known]) => known.id === id)?.[0];
    if (method === 'POST') {
      const blocker = byId(value?.issue_id);
      if (blocker === undefined) return notFound();
      const refused = this.refusesLink(repository, number, blocker, blockers);
      if (refused) return refused;
      repository.blockers.set(number, blockers.add(blocker));
      return answer(201, this.dressed(repository, self));
    }
    const removed = byId(Number(rest.split('/').at(-1)));
    if (!blockers.delete(removed)) return notFound();
    return answer(200, this.dressed(repository, self));
  }

  refusesLink(repository, number, blocker, blockers) {
    const refuse = (message) => problem(422, 'Validation Failed', { errors: [{ resource: 'IssueDependency', code: 'custom', message }] });
    if (blocker === number) return refuse('An issue cannot be blocked by itself');
    if (blockers.has(blocker)) return refuse('Target issue has already been taken');
    if (repository.waitsFor(blocker, number)) return refuse('This dependency would create a cycle');
    if (blockers.size >= MAX_BLOCKERS) return refuse('An issue can have at most 50 blocked by relationships');
    return null;
  }

  page(url, all) {
    const size = Math.min(Number(url.searchParams.get('per_page') ?? 30), 100);
    const page = Number(url.searchParams.get('page') ?? 1);
    const last = Math.max(1, Math.ceil(all.length / size));
    const to = (number, rel) => {
      const next = new URL(url.pathname + url.search, this.base);
      next.searchParams.set('page', number);
      return `<${next}>; rel="${rel}"`;
    };
    const link = page < last ? { link: `${to(page + 1, 'next')}, ${to(last, 'last')}` } : {};
    return answer(200, all.slice((page - 1) * size, page * size), link);
  }
}
