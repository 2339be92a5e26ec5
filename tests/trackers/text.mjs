// SPDX-License-Identifier: MIT
//
// A log's text in the tracker: it calls nobody, links nothing, gets out of nowhere, and fits.
import { assert, commentOf, recordOf, regionOf, run, test } from './harness.mjs';
import { file, log } from './logs.mjs';

const NAME = 'Auth-Refactor';
const MAX = 60000;
const END = '<!-- /wlsync -->';

// Markdown without what GitHub does not look into: fenced code and code spans.
function outsideCode(text) {
  const lines = [];
  let fence = null;
  for (const line of text.split(/\r?\n/)) {
    const found = /^ {0,3}(`{3,}|~{3,})/.exec(line);
    if (fence) {
      if (found && found[1][0] === fence[0] && found[1].length >= fence.length && !line.trim().replace(/^[`~]+/, '')) fence = null;
      continue;
    }
    if (found) {
      fence = found[1];
      continue;
    }
    lines.push(line);
  }
  assert.equal(fence, null, `a fence is left open:\n${text}`);
  return lines.join('\n').replace(/(?<![`\\])(`+)(?!`)([^]*?[^`])\1(?!`)/g, '');
}

// What GitHub would notify or link in a text that is not code. Our own links (to the file, to
// issues of dependencies) are taken out by the caller.
function alive(text) {
  // A backslash and an entity do not stop GitHub from seeing the name behind them: it looks at
  // the text that is shown, so only what stands between the sign and the name does.
  const shown = outsideCode(text)
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/&#(\d+);/g, (all, code) => String.fromCodePoint(code))
    .replace(/&#x([0-9a-f]+);/gi, (all, code) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&(amp|lt|gt|commat|num);/g, (all, name) => ({ amp: '&', lt: '<', gt: '>', commat: '@', num: '#' })[name]);
  const found = [];
  for (const pattern of [
    /(?<![\w`])@[a-z\d][\w-]*(\/[\w-]+)?/gi,
    /(?<![\w&/])#\d+/g,
    /[\w.-]+\/[\w.-]+#\d+/g,
    /\bGH-\d+/gi,
    /https?:\/\/github\.com\/[\w.-]+\/[\w.-]+\/(issues|pull|discussions|commit)\/\w+/gi,
  ])
    found.push(...(shown.match(pattern) ?? []));
  return found;
}

// Outside code: no tag and no comment but those that wlsync itself makes, no image.
function raw(text) {
  const bare = outsideCode(text).replace(/\\[!-/:-@[-`{-~]/g, '');
  return (bare.match(/<\/?[a-z!?][^>]*>?|!\[[^\]]*\]\(/gi) ?? [])
    .filter((tag) => !/^<(\/?details|summary|\/summary|\/?sub|\/?sup|br ?\/?|https:\/\/\S+)>$/i.test(tag));
}

const HOSTILE = [
  'Ask @octocat and @acme/core-team, (@a-b) or x@y.example',
  'See #12 and acme/shop#3, GH-4, https://github.com/acme/shop/issues/5 and https://github.com/acme/shop/pull/6#issuecomment-1',
  'Closes #3, fixes acme/shop#4, resolves: https://github.com/acme/shop/issues/5',
  '[link](https://github.com/acme/shop/issues/7) and <https://github.com/acme/shop/issues/8>, [a][b]',
  '&#64;octocat &commat;octocat \\@octocat &#35;12 **@octocat** _#12_ ~~@octocat~~',
  '`@in-code` and ``#13`` and `unclosed @octocat #14',
  '<img src=https://evil.example/beacon.png> ![beacon](https://evil.example/b.png) ![ref][b]',
  '<script>alert(1)</script><details open><summary>x</summary></details></details> <b>bold',
  '<!-- a comment that is not closed',
  '<!-- /wlsync -->',
  '--> <!-- wlsync:1 id=Other src=acme/shop v=99 -->',
  '<!-- wlsync-comment:1 id=Auth-Refactor v=1 hash=0000000000000000 -->',
  '] ) * _ ~ | > # - + 1. \\ " \' \u202ereversed\u202c \u2066iso\u2069 \u0001\u0007\u001b[31m \u200b@zero #\u200b1',
  '$$\\unclosed math$$ $`x`$ ```mermaid',
];
const FENCES = [
  '```', '````js', '~~~', '    ```', '<pre>', '<![CDATA[', '<?php', '</details>', '<!-- /wlsync -->',
  '[b]: https://evil.example', '***', '| a | b |', '|---|---|', 'Setext\n===',
];

const fill = (text) => ({
  v: 2, title: text, now: text, decisions: [text], next: [`[HIGH] ${text}`, `[MED] ${text}`], open: text,
  blockers: [text, `Owner: ${text}`, 'ETA: 2025-12-01'], status: 'blocked', progress: 30,
});

// What wlsync adds itself, and may link.
const own = (c, region) => region.replace(/\(https:\/\/github\.com\/acme\/shop\/blob\/HEAD\/[^)\s]*\)/g, '()');

function judge(c, text, what) {
  assert.deepEqual(alive(own(c, text)), [], `${what}:\n${text}`);
  assert.deepEqual(raw(own(c, text)), [], `${what}:\n${text}`);
  assert.ok(!/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/.test(text), `controls in ${what}: ${JSON.stringify(text)}`);
}

async function settled(c, status = 0) {
  (await c.pushed([], status)).wrote(0);
  for (const { body } of await c.issues()) {
    assert.ok(Buffer.byteLength(body) <= MAX, `${Buffer.byteLength(body)} bytes`);
    assert.equal(body.split('\n').filter((line) => line.trim() === END).length, 1, body);
    assert.equal(body.match(/^<!-- wlsync:1 /gm).length, 1, body);
    assert.ok(body.trimEnd().endsWith(END), body.slice(-300));
    const count = (tag) => outsideCode(body).match(tag)?.length ?? 0;
    assert.equal(count(/<details/g), count(/<\/details>/g), body);
  }
}

test('inert in region and comment: names, numbers, addresses, HTML, comments, controls', async (t) => {
  const names = HOSTILE.map((unused, i) => `Text-${String(i).padStart(2, '0')}`);
  const logs = (make) => Object.fromEntries(names.map((name, i) => [name, make(HOSTILE[i])]));
  const c = await t.case({ logs: logs(() => [{ v: 1 }]) });
  await c.pushed();
  c.update(logs((text) => [{ v: 1, now: text, title: text }, fill(text)]));
  const one = await c.pushed(['--yes']);
  const live = await c.live();
  for (const [i, name] of names.entries()) {
    judge(c, regionOf(live[name]), `region of ${HOSTILE[i]}`);
    const ours = live[name].comments.filter(commentOf);
    assert.equal(ours.length, 1, one.said);
    const [, ...lines] = ours[0].body.split('\n');
    judge(c, lines.join('\n'), `comment of ${HOSTILE[i]}`);
    assert.ok(Buffer.byteLength(ours[0].body) <= MAX);
  }
  // People see it all the same.
  const [first] = live['Text-00'].comments;
  assert.ok(regionOf(live['Text-00']).includes('octocat') && first.body.includes('octocat'), first.body);
  await settled(c);
});

test('a title is inert in plan, title and diagram, controls removed', async (t) => {
  const c = await t.case({ logs: { Search: [{ v: 1, needs: [`${NAME}-WorkLog-v9`] }] } });
  c.write(file(NAME), log(NAME, [{ v: 1 }]).replace(/^# .*$/m, '# A\u0001\u202e @octocat #12 <img src=x> `code` "]  ;-- Work Log'));
  c.workspace.commit('Title');
  const one = await c.pushed();
  assert.ok(!/[\u0000-\u0008\u001b\u202e]/.test(one.out + one.err), JSON.stringify(one.out));
  const { title } = await c.issue(NAME);
  assert.ok(!/[\u0000-\u001f\u202e]/.test(title) && title.startsWith('A'), JSON.stringify(title));
  judge(c, regionOf(await c.issue('Search')).replace(/(?<=\s|\()#\d+(?=\s|\)|,|:|\]|$)/gm, ''), 'region of the one that waits');
  await settled(c);
});

test('fences, HTML blocks and definitions that are never closed', async (t) => {
  const c = await t.case({ logs: {} });
  const names = FENCES.map((unused, i) => `Open-${String(i).padStart(2, '0')}`);
  for (const [i, name] of names.entries())
    c.write(file(name), log(name, [{ v: 1 }, fill('x')]).replace('**Now:** x', `**Now:** x\n\n${FENCES[i]}\n\n@octocat #12 <img src=x>\n`));
  c.workspace.commit('Open');
  await c.pushed();
  const live = await c.live();
  for (const [i, name] of names.entries()) judge(c, regionOf(live[name]), FENCES[i]);
  await settled(c);
});

test('NUL, wrong UTF-8, a BOM, CRLF: pushed, and nothing twice', async (t) => {
  const c = await t.case({ logs: {} });
  const words = log(NAME, [fill('aXXb é')]).replace(/\n/g, '\r\n');
  const bytes = Buffer.concat([Buffer.from('\ufeff'), Buffer.from(words, 'latin1')]);
  for (let at = bytes.indexOf('XX'); at >= 0; at = bytes.indexOf('XX')) bytes.set([0, 0xff], at);
  c.write(file(NAME), bytes);
  c.workspace.commit('Odd');
  const one = await c.push();
  assert.ok(one.status <= 1, one.said);
  const issue = await c.issue(NAME);
  judge(c, regionOf(issue), 'region');
  assert.equal(issue.title, 'Auth Refactor');
  await settled(c, one.status);
});

for (const [what, title] of [
  ['300 characters', `${'word '.repeat(60)}end`],
  ['300 characters without a blank', 'x'.repeat(300)],
  ['300 letters beyond the BMP', '\u{20021}'.repeat(300)],
  ['300 characters of two bytes', 'é'.repeat(300)],
])
  test(`a title of ${what}`, async (t) => {
    const c = await t.case({ logs: { Search: [{ v: 1, needs: [`${NAME}-WorkLog-v9`] }] } });
    c.write(file(NAME), log(NAME, [{ v: 1, title }]).replace(/^# .*$/m, `# ${title}`));
    c.workspace.commit('Title');
    await c.pushed();
    const issue = await c.issue(NAME);
    assert.ok([...issue.title].length <= 256 && [...issue.title].length > 200, issue.title);
    assert.ok(!/\ufffd|[\ud800-\udbff](?![\udc00-\udfff])/.test(issue.title), issue.title);
    await settled(c);
  });

const WORDS = 'Words without end, **bold** and `code`, é and \u{1F600}. ';
for (const [what, entry] of [
  ['of one paragraph', { now: WORDS.repeat(4000) }],
  ['of many decisions', { decisions: Array.from({ length: 4000 }, (_, i) => `Decision ${i}: ${WORDS}`) }],
  ['of one fence', { now: `x\n\n\`\`\`\n${WORDS.repeat(4000)}\n\`\`\`` }],
  ['of 1,000 items and notes', { next: Array.from({ length: 1000 }, (_, i) => `[${['HIGH', 'MED', 'LOW'][i % 3]}] Item ${i} ${WORDS.repeat(3)}`) }],
  ['without a blank', { now: 'é'.repeat(100000) }],
  ['in a blocker', { blockers: [WORDS.repeat(4000), `Owner: ${'o'.repeat(9000)}`], status: 'blocked' }],
])
  test(`an entry of 200 KB, ${what}: within ${MAX} bytes, closed, with the link`, async (t) => {
    const c = await t.case({ logs: { [NAME]: [{ v: 1 }] } });
    await c.pushed();
    c.update({ [NAME]: [{ v: 1 }, { v: 2, next: ['[HIGH] Go on'], ...entry }] });
    await c.pushed();
    const issue = await c.issue(NAME);
    await settled(c);
    assert.ok(!issue.body.includes('\ufffd'), 'cut within a character');
    assert.match(regionOf(issue), /Auth-Refactor-WorkLog\.md/);
    for (const { body } of issue.comments) {
      assert.ok(Buffer.byteLength(body) <= MAX, `a comment of ${Buffer.byteLength(body)} bytes`);
      assert.ok(!body.includes('\ufffd'));
      outsideCode(body);
    }
    assert.equal(issue.comments.length, 1);
  });

test('1,000 entries of history', async (t) => {
  const c = await t.case({ logs: { [NAME]: Array.from({ length: 1000 }, (_, i) => ({ v: i + 1, title: `${WORDS}${i}` })) } });
  await c.pushed();
  await settled(c);
  assert.equal(recordOf(await c.issue(NAME)).v, '1000');
});

test('line ends of the file change nothing', async (t) => {
  const c = await t.case({ logs: { [NAME]: [{ v: 1 }] } });
  await c.pushed();
  const text = log(NAME, [{ v: 1 }, { v: 2, decisions: ['One', 'Two  '], next: ['[HIGH] Go on'] }]);
  c.write(file(NAME), text);
  c.workspace.commit('LF');
  await c.pushed();
  for (const other of [text.replace(/\n/g, '\r\n'), text.trimEnd(), `\ufeff${text}`, text]) {
    c.write(file(NAME), other);
    c.workspace.commit('Line ends');
    (await c.pushed()).wrote(0);
  }
});

test('mentions = true: text is as it was written', async (t) => {
  const config = '[tracker "github"]\n\ttype = github\n\tmentions = true\n';
  const c = await t.case({ logs: { [NAME]: [{ v: 1 }] }, config });
  await c.pushed();
  c.update({ [NAME]: [{ v: 1 }, { v: 2, now: 'Ask @octocat about #12 <img src=x> <!-- /wlsync -->', next: ['[LOW] @acme/core, o/r#3'] }] });
  await c.pushed();
  const issue = await c.issue(NAME);
  const region = regionOf(issue);
  for (const what of ['@octocat', '#12', '@acme/core', 'o/r#3']) assert.ok(alive(region).includes(what), `${what}\n${region}`);
  assert.ok(alive(issue.comments[0].body).includes('@octocat'), issue.comments[0].body);
  assert.deepEqual(raw(own(c, region)), [], 'HTML is inert all the same');
  await settled(c);
});

test('the same text gives the same bytes, wherever and whenever', async (t) => {
  const logs = { [NAME]: [fill(HOSTILE.slice(0, 8).join(' '))], Search: [{ v: 1, needs: [`${NAME}-WorkLog-v9`] }] };
  const states = [];
  for (const env of [{}, { TZ: 'Asia/Tokyo', LC_ALL: 'C', WLSYNC_NOW: '2031-01-01T00:00:00Z', LANG: 'tr_TR.UTF-8' }]) {
    const c = await t.case({ logs });
    await c.pushed([], 0, { env });
    const state = await c.state();
    for (const issue of Object.values(state)) issue.body = issue.body.replace(/ date=\d+/, '');
    states.push(state);
  }
  assert.deepEqual(states[1], states[0]);
});

await run({ at: 4 });
