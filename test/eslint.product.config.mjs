// What n8n's own configuration leaves out (eslint.config.mjs, which strict mode keeps as it is): it has its
// rules for nodes look at nodes/ only, and knows nothing of the folders of lib/, whose imports go one way.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { config as n8nConfig } from '@n8n/node-cli/eslint';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const ROOT = dirname(import.meta.dirname);

/** What the files of each folder may import of lib/, beside files of their own folder. */
const LIB_IMPORTS = {
	'lib/truto': ['lib/*.ts'],
	'lib/limiter': [],
	'lib/syncJobs': ['lib/*.ts', 'lib/truto/**'],
	'lib/accounts': ['lib/*.ts', 'lib/truto/**'],
	'lib/schedules': ['lib/*.ts', 'lib/truto/**'],
	'lib/logs': ['lib/*.ts', 'lib/truto/**'],
	'lib/runs': ['lib/*.ts', 'lib/truto/**', 'lib/syncJobs/**', 'lib/accounts/**', 'lib/logs/**'],
	'lib/health': ['lib/*.ts', 'lib/truto/**', 'lib/runs/**', 'lib/accounts/**', 'lib/schedules/**'],
	'lib/events': ['lib/*.ts', 'lib/truto/**', 'lib/accounts/**', 'lib/runs/**'],
	'lib/transport': ['lib/*.ts', 'lib/limiter/**'],
	'lib/api': ['lib/*.ts', 'lib/transport/**', 'lib/truto/**', 'lib/logs/**'],
	'lib/parameters': ['lib/*.ts', 'lib/truto/**', 'lib/runs/**'],
	'lib/n8n': ['lib/**'],
	'lib/editor': ['lib/**'],
};

/** Folders that know nothing of n8n. */
const WITHOUT_N8N = [
	'truto',
	'syncJobs',
	'accounts',
	'schedules',
	'logs',
	'runs',
	'health',
	'events',
].map((folder) => `lib/${folder}/**/*.ts`);

function foldersIn(parent) {
	const folder = join(ROOT, parent);
	const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
	return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${parent}/${name}`);
}

/** Forbids a folder's files all of lib/ and nodes/ but what is listed. */
function zone(target, mayImport) {
	return {
		target,
		from: ['lib/**', 'nodes/**'],
		except: mayImport.map((glob) => join(ROOT, glob)),
		message: `May import of lib/ and nodes/: ${mayImport.join(', ') || 'nothing'}.`,
	};
}

function zones() {
	const libFolders = foldersIn('lib');
	const unknown = libFolders.filter((folder) => !(folder in LIB_IMPORTS));
	// Else a new folder would be free of all rules, and nobody would notice.
	if (unknown.length > 0) {
		throw new Error(`test/eslint.product.config.mjs must say what ${unknown.join()} may import`);
	}
	return [
		zone('lib/*.ts', ['lib/*.ts']),
		...libFolders.map((folder) => zone(folder, [`${folder}/**`, ...LIB_IMPORTS[folder]])),
		...foldersIn('nodes').map((folder) => zone(folder, [`${folder}/**`, 'lib/**'])),
	];
}

const rulesForNodes = n8nConfig.find(({ files }) => files?.includes('./nodes/**/*.ts'))?.rules;
if (!rulesForNodes) throw new Error("n8n's configuration has no rules for nodes any more");

export default [
	{
		files: ['lib/**/*.ts', 'nodes/**/*.ts'],
		languageOptions: { parser: tseslint.parser },
		plugins: { 'import-x': importX, 'n8n-nodes-base': n8nNodesBase },
		settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
		rules: {
			...rulesForNodes,
			'import-x/no-unresolved': ['error', { ignore: ['^n8n-workflow$'] }],
			'import-x/no-restricted-paths': ['error', { basePath: ROOT, zones: zones() }],
		},
	},
	{
		files: WITHOUT_N8N,
		rules: { 'no-restricted-imports': ['error', 'n8n-workflow'] },
	},
];
