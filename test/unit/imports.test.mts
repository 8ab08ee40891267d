import { spawnSync } from 'node:child_process';

import { expect, it } from '@jest/globals';

/** What ESLint says of a file of product code, with the rules of test/eslint.product.config.mjs. */
function lint(file: string, code: string): string {
	const args = ['--config', 'test/eslint.product.config.mjs', '--stdin', '--stdin-filename', file];
	return spawnSync('node_modules/.bin/eslint', args, { input: code }).stdout.toString();
}

it('the lint refuses a node that imports from another node, and a file that is not there', () => {
	expect(lint('nodes/TrutoTrigger/new.ts', "import '../Truto/Truto.node';\n")).toMatch(
		/Unexpected path .* nodes\/TrutoTrigger\/\*\*, lib\/\*\* .*no-restricted-paths/,
	);
	expect(lint('nodes/TrutoTrigger/new.ts', "import './nowhere';\n")).toContain('no-unresolved');
	expect(lint('nodes/TrutoTrigger/new.ts', "import './TrutoTrigger.node';\n")).toBe('');
});
