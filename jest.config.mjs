import { join } from 'node:path';

// Non-shipped code is .mts, which Node 24 runs as it is; Jest gets the same files through swc as CommonJS.
const shared = {
	rootDir: import.meta.dirname,
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
	modulePathIgnorePatterns: [
		'<rootDir>/dist/',
		'<rootDir>/.cache/',
		'<rootDir>/test/n8n-host/n8n/',
	],
	transform: {
		'^.+\\.m?ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	testEnvironment: 'node',
	// Not in the temporary folder, which is removed after each run.
	cacheDirectory: '<rootDir>/.cache/jest',
};

/** Packages that take long to load are loaded once for each worker, not anew for each test file. */
const PACKAGES = '(@n8n/.+|n8n-.+|axios|eslint|fastify|fast-check)/';

const oneContext = {
	// Stryker doesn't know <rootDir> here.
	testEnvironment: join(import.meta.dirname, 'test/one-context.mts'),
	transform: {
		[`/node_modules/${PACKAGES}`]: '<rootDir>/test/load-package.mts',
		...shared.transform,
	},
	transformIgnorePatterns: [`/node_modules/(?!${PACKAGES})`],
};

/** Files with this ending measure time or memory, so no other test may run beside them. */
const ALONE = '\\.alone\\.test\\.mts$';

/** The tests of some folders, as many files at once as there are workers. */
const project = (displayName, settings = {}) => ({
	...shared,
	...settings,
	displayName,
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.mts`],
	testPathIgnorePatterns: [ALONE],
});

const alone = (displayName, folder, settings = {}) => ({
	...shared,
	...settings,
	displayName,
	testMatch: [`<rootDir>/test/${folder}/**/*.alone.test.mts`],
	runner: '<rootDir>/test/alone-runner.mjs',
});

/** @type {import('jest').Config} */
export default {
	rootDir: import.meta.dirname,
	// n8n's engine takes seconds to load if the machine is busy.
	testTimeout: 30_000,
	testSequencer: '<rootDir>/test/sequencer.mjs',
	globalSetup: '<rootDir>/test/n8n-host/jest-setup.mts',
	globalTeardown: '<rootDir>/test/n8n-host/jest-teardown.mts',
	collectCoverageFrom: ['credentials/**/*.ts', 'lib/**/*.ts', 'nodes/**/*.ts'],
	coverageDirectory: 'coverage',
	// V8's own coverage takes twice as long: it also counts n8n's code.
	coverageProvider: 'babel',
	projects: [
		project('unit', oneContext),
		project('simulator', oneContext),
		project('engine', oneContext),
		alone('alone', '{unit,simulator,engine}', oneContext),
		project('e2e'),
		alone('e2e-alone', 'e2e'),
		project('queue'),
	],
};
