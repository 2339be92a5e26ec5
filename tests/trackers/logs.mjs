// SPDX-License-Identifier: MIT
//
// WorkLogs for the tests.

const MORE_STATUS = { in_progress: '', completed: '', blocked: ' [BLOCKED]', needs_review: ' [NEEDS_REVIEW]' };

// A log's text. Each entry is {v, title, status, progress, now, decisions, needs, blockers, next,
// open}; the last one's status is the log's.
export function log(name, entries, front = {}) {
  const last = entries.at(-1);
  const status = last.status ?? 'in_progress';
  const lines = ['---', `version: v${last.v}`, `status: ${status}`];
  for (const [key, value] of Object.entries(front)) lines.push(`${key}: ${value}`);
  lines.push('---', '', `# ${name.replace(/-/g, ' ')} Work Log`, '');
  for (const entry of entries) lines.push(...entryLines(name, entry), '');
  return `${lines.join('\n').trimEnd()}\n`;
}

const list = (key, items) => (items?.length ? ['', `**${key}:**`, ...items.map((item) => `- ${item}`)] : []);

function entryLines(name, entry) {
  const day = String(Math.min(28, entry.v)).padStart(2, '0');
  const mark = MORE_STATUS[entry.status ?? 'in_progress'];
  return [
    `## v${entry.v} | 2025-10-${day} 10:00 | ${entry.title ?? `Step ${entry.v}`}${mark}`,
    '',
    `**Now:** ${entry.now ?? `Work on step ${entry.v} of ${name}`}`,
    '',
    `**Progress:** ${entry.progress ?? entry.v * 10}%`,
    ...list('Decisions', entry.decisions),
    ...(entry.blockers ? ['', `**Blockers:** ${entry.blockers[0]}`, ...entry.blockers.slice(1).map((b) => `- ${b}`)] : []),
    ...list('Dependencies', entry.needs?.map((need) => `depends on ${need}`)),
    ...list('Next', entry.next),
    ...(entry.open ? ['', `**Open:** ${entry.open}`] : []),
  ];
}

export const file = (name) => `${name}-WorkLog.md`;

// Five logs: Auth (in progress, HIGH open), Payment (waits for Auth and for Data), Data (done),
// Search (blocked), Docs (in review, waits for Search).
export const FIVE = {
  'Auth-Refactor': [
    { v: 1, title: 'Schema', next: ['[HIGH] OAuth callback'] },
    {
      v: 2, title: 'OAuth done', progress: 70, decisions: ['JWT: stateless (vs sessions)'],
      next: ['[HIGH] Finish token refresh', '[MED] Document the lifetimes'], open: 'Who rotates the keys?',
    },
  ],
  'Data-Model': [
    { v: 1, title: 'Draft', next: ['[HIGH] Write it down'] },
    { v: 2, title: 'Done', status: 'completed', progress: 100 },
  ],
  'Payment-Integration': [
    {
      v: 3, title: 'Webhooks', progress: 50,
      needs: ['Auth-Refactor-WorkLog-v4', 'Data-Model-WorkLog'], next: ['[MED] Refund events'],
    },
  ],
  'Search-Index': [
    {
      v: 1, title: 'Mapping', status: 'blocked', progress: 20,
      blockers: ['Missing production keys', 'Owner: @ops-team', 'Requested: 2025-11-10 10:00', 'ETA: 2025-12-01'],
      next: ['[HIGH] [BLOCKED] Configure the cluster', '[LOW] Synonyms'],
    },
  ],
  'User-Docs': [
    { v: 1, title: 'Outline', status: 'needs_review', progress: 90, needs: ['Search-Index-WorkLog-v2'], next: ['[LOW] Pictures'] },
  ],
};

// {file: text} of logs given as {name: entries}.
export function files(logs) {
  return Object.fromEntries(Object.entries(logs).map(([name, entries]) => [file(name), log(name, entries)]));
}

// A copy of logs in which one log has entries more.
export function grown(logs, name, ...entries) {
  return { ...logs, [name]: [...logs[name], ...entries] };
}

// Many small logs, each waiting for the one before it when `chained`.
export function many(count, { prefix = 'Task', chained = false } = {}) {
  const logs = {};
  for (let i = 1; i <= count; i++) {
    const name = `${prefix}-${String(i).padStart(4, '0')}`;
    const before = `${prefix}-${String(i - 1).padStart(4, '0')}`;
    logs[name] = [{ v: 1, needs: chained && i > 1 ? [`${before}-WorkLog-v9`] : [], next: ['[MED] Go on'] }];
  }
  return logs;
}
