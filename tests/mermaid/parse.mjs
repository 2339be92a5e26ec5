// SPDX-License-Identifier: MIT
//
// Mermaid's own parser as a judge: reads the diagrams named on the command line (or one on
// stdin, "-"), with Mermaid's default limits, and prints a line of TAP for each.
// MERMAID_MODULES names the folder whose node_modules holds mermaid and jsdom.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const modules = path.resolve(process.env.MERMAID_MODULES ?? '.');
const require = createRequire(path.join(modules, 'package.json'));
const { JSDOM } = require('jsdom');

// Mermaid sanitizes labels with DOMPurify, which wants a window when it is loaded.
const { window } = new JSDOM('');
for (const name of ['document', 'Element', 'HTMLElement', 'Node', 'DocumentFragment', 'NodeFilter'])
  globalThis[name] = window[name];
globalThis.window = window;
const entry = path.join(modules, 'node_modules/mermaid/dist/mermaid.core.mjs');
const { default: mermaid } = await import(pathToFileURL(entry));
const limits = mermaid.mermaidAPI.defaultConfig;

async function judge(file) {
  const text = readFileSync(file === '-' ? 0 : file, 'utf8');
  // Rendering refuses longer texts; parsing alone does not look.
  if (text.length > limits.maxTextSize)
    throw new Error(`${text.length} characters, over the limit of ${limits.maxTextSize}`);
  await mermaid.parse(text);
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  const edges = diagram.db.getEdges?.() ?? [];
  const nodes = diagram.db.getVertices?.() ?? new Map();
  return { type: diagram.type, nodes: nodes.size, edges: edges.length };
}

const files = process.argv.length > 2 ? process.argv.slice(2) : ['-'];
let failed = 0;
for (const [i, file] of files.entries()) {
  try {
    const { type, nodes, edges } = await judge(file);
    console.log(`ok ${i + 1} - ${file} is a ${type}: ${nodes} nodes, ${edges} edges`);
  } catch (error) {
    failed++;
    console.log(`not ok ${i + 1} - ${file}`);
    const lines = String(error.message ?? error).split('\n').slice(0, 5);
    console.log(lines.map((line) => `# ${line.slice(0, 200)}`).join('\n'));
  }
}
console.log(`1..${files.length}`);
process.exit(failed > 0 ? 1 : 0);
