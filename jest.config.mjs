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

/** @type {import('jest').Config} */
export default {
	rootDir: import.meta.dirname,
	// n8n's engine takes seconds to load if the machine is busy.
	testTimeout: 30_000,
	globalSetup: '<rootDir>/test/n8n-host/jest-setup.mts',
	globalTeardown: '<rootDir>/test/n8n-host/jest-teardown.mts',
	collectCoverageFrom: ['credentials/**/*.ts', 'lib/**/*.ts', 'nodes/**/*.ts'],
	coverageDirectory: 'coverage',
	// V8's own coverage takes twice as long: it also counts n8n's code.
	coverageProvider: 'babel',
	projects: [
		{ ...shared, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.mts'] },
		{ ...shared, displayName: 'simulator', testMatch: ['<rootDir>/test/simulator/**/*.test.mts'] },
		{ ...shared, displayName: 'engine', testMatch: ['<rootDir>/test/engine/**/*.test.mts'] },
		{ ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.mts'] },
		{ ...shared, displayName: 'queue', testMatch: ['<rootDir>/test/queue/**/*.test.mts'] },
	],
};
