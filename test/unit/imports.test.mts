import { expect, it } from '@jest/globals';
import { ESLint } from 'eslint';

const eslint = new ESLint({ overrideConfigFile: 'test/eslint.product.config.mjs' });

/** What ESLint says of a file of product code, with the rules of test/eslint.product.config.mjs. */
async function lint(filePath: string, code: string): Promise<string[]> {
	const [result] = await eslint.lintText(code, { filePath });
	return (result?.messages ?? []).map(({ ruleId, message }) => `${String(ruleId)}: ${message}`);
}

it('the lint refuses a node that imports from another node, and a file that is not there', async () => {
	expect(await lint('nodes/TrutoTrigger/new.ts', "import '../Truto/Truto.node';\n")).toEqual([
		expect.stringMatching(
			/no-restricted-paths: Unexpected path .* nodes\/TrutoTrigger\/\*\*, lib\/\*\*/,
		),
	]);
	expect(await lint('nodes/TrutoTrigger/new.ts', "import './nowhere';\n")).toEqual([
		expect.stringContaining('no-unresolved'),
	]);
	expect(await lint('nodes/TrutoTrigger/new.ts', "import './TrutoTrigger.node';\n")).toEqual([]);
});
