import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { beforeAll, describe, expect, it } from '@jest/globals';

/** The paths of what `npm publish` would pack. */
let packed: string[];

beforeAll(() => {
	execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'pipe' });
	const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'];
	const answer = JSON.parse(execFileSync('npm', args).toString()) as unknown;
	// npm 12 answers with an object keyed by package, older ones with an array.
	const [pack] = Object.values(answer as Record<string, { files: { path: string }[] }>);
	packed = (pack?.files ?? []).map(({ path }) => path);
});

describe('the packed package', () => {
	it('holds what n8n loads, the texts for people, and nothing else', () => {
		const { n8n } = JSON.parse(readFileSync('package.json', 'utf8')) as {
			n8n: { credentials: string[]; nodes: string[] };
		};
		const codex = n8n.nodes.map((file) => file.replace(/js$/, 'json'));
		expect([...packed].sort()).toEqual(
			[
				...['package.json', 'README.md', 'LICENSE.md', 'CHANGELOG.md'],
				...['dist/index.js', 'dist/icons/truto.svg', 'dist/icons/truto.dark.svg'],
				...n8n.credentials,
				...n8n.nodes,
				...codex,
			].sort(),
		);
	});

	it('is found in the nodes panel by what people type', () => {
		const aliasesOf = (node: string) =>
			(JSON.parse(readFileSync(`nodes/${node}/${node}.node.json`, 'utf8')) as { alias: string[] })
				.alias;
		const words = ['fivetran', 'failed sync', 'data sync'];
		expect(aliasesOf('Truto')).toEqual(
			expect.arrayContaining([...words, 'sync', 'syncs', 'reconnect', 'why did sync fail']),
		);
		expect(aliasesOf('TrutoTrigger')).toEqual(expect.arrayContaining([...words, 'reconnect']));
		expect(aliasesOf('TrutoPollingTrigger')).toEqual(expect.arrayContaining(words));
	});

	it('can be read: it is not minified', () => {
		const code = readFileSync('dist/index.js', 'utf8').split('\n');
		const long = code.filter((line) => line.length > 1_000);
		expect(code.length).toBeGreaterThan(1_000);
		expect(long).toEqual([]);
	});
});
