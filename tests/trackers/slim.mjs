// SPDX-License-Identifier: MIT
//
// Makes the description that requests are judged by, from the one that GitHub publishes:
// slim.mjs IN OUT. Thirteen megabytes would take the validator ten seconds to load, and as they
// stand they hide the two endpoints that matter most. So:
//
// - only what a tracker needs is kept: issues, labels, milestones, users, limits;
// - answers are dropped: it is requests that are judged;
// - `nullable` without `type` beside oneOf or anyOf makes the validator's own compiler fail, and
//   it then accepts anything; the word is moved into the first alternative that has a type;
// - what GitHub enforces and does not write down is added: fields that do not exist are refused,
//   a page has at most 100 items, a title 256 characters, a body 65,536, a label's name 50.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const KEPT = [
  /^\/user$/,
  /^\/rate_limit$/,
  /^\/repos\/\{owner\}\/\{repo\}$/,
  /^\/repos\/\{owner\}\/\{repo\}\/(issues|labels|milestones)(\/|$)/,
];

// Every $ref that the value holds, followed.
function references(value, all, found = new Set()) {
  if (Array.isArray(value)) {
    for (const part of value) references(part, all, found);
  } else if (value && typeof value === 'object') {
    if (typeof value.$ref === 'string' && !found.has(value.$ref)) {
      found.add(value.$ref);
      references(resolve(value.$ref, all), all, found);
    }
    for (const part of Object.values(value)) references(part, all, found);
  }
  return found;
}

function resolve(ref, all) {
  return ref
    .slice(2)
    .split('/')
    .reduce((node, part) => node[part.replace(/~1/g, '/').replace(/~0/g, '~')], all);
}

function repairNullable(schema) {
  if (!schema || typeof schema !== 'object') return 0;
  let repaired = 0;
  if (schema.nullable !== undefined && schema.type === undefined) {
    const typed = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].find((part) => part.type);
    if (typed) typed.nullable = schema.nullable;
    delete schema.nullable;
    repaired++;
  }
  for (const part of Object.values(schema)) repaired += repairNullable(part);
  return repaired;
}

// An object's schema that says which fields there are means that there are no others.
function closeObjects(schema) {
  if (!schema || typeof schema !== 'object') return;
  if (schema.properties && schema.additionalProperties === undefined && !schema.allOf)
    schema.additionalProperties = false;
  for (const part of Object.values(schema)) closeObjects(part);
}

function limits(description) {
  for (const [path, operations] of Object.entries(description.paths)) {
    for (const operation of Object.values(operations)) {
      const body = operation.requestBody?.content?.['application/json']?.schema;
      if (!body) continue;
      closeObjects(body);
      if (/\/issues(\/\{issue_number\})?$/.test(path)) {
        for (const title of body.properties.title.oneOf ?? [body.properties.title])
          if (title.type === 'string') Object.assign(title, { minLength: 1, maxLength: 256 });
        body.properties.body.maxLength = 65536;
      }
      if (/\/comments(\/\{comment_id\})?$/.test(path)) body.properties.body.maxLength = 65536;
      if (/\/labels$/.test(path) && body.properties?.name) {
        Object.assign(body.properties.name, { minLength: 1, maxLength: 50 });
        body.properties.description.maxLength = 100;
      }
    }
  }
  const perPage = description.components.parameters?.['per-page'];
  if (perPage) Object.assign(perPage.schema, { minimum: 1, maximum: 100 });
}

export function slim(all) {
  const description = {
    openapi: all.openapi,
    info: { title: 'What wlsync may ask of GitHub', version: all.info.version },
    paths: {},
    components: {},
  };
  for (const [path, operations] of Object.entries(all.paths)) {
    if (!KEPT.some((kept) => kept.test(path))) continue;
    description.paths[path] = {};
    for (const [method, operation] of Object.entries(operations)) {
      description.paths[path][method] = {
        operationId: operation.operationId,
        parameters: operation.parameters ?? [],
        ...(operation.requestBody ? { requestBody: operation.requestBody } : {}),
        responses: { 200: { description: 'ok' } },
      };
    }
  }
  for (const ref of references(description.paths, all)) {
    const parts = ref.slice(2).split('/');
    let node = description;
    for (const part of parts.slice(0, -1)) node = node[part] ??= {};
    node[parts.at(-1)] = structuredClone(resolve(ref, all));
  }
  for (const part of Object.values(description.components))
    for (const named of Object.values(part)) delete named.examples;
  const repaired = repairNullable(description);
  limits(description);
  return { description, paths: Object.keys(description.paths).length, repaired };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [from, to] = process.argv.slice(2);
  const { description, paths, repaired } = slim(JSON.parse(readFileSync(from, 'utf8')));
  writeFileSync(to, JSON.stringify(description));
  console.log(`${paths} paths, ${repaired} schemas repaired`);
}
