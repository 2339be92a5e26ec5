// SPDX-License-Identifier: MIT
// Writes the Markdown of every example of the CommonMark specification, NUL after each.
// The specification shows tabs as arrows.
'use strict';
const { tests } = require(process.argv[2] + '/node_modules/commonmark-spec');
for (const example of tests) {
	process.stdout.write(example.markdown.replace(/→/g, '\t') + '\0');
}
