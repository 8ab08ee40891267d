// npm run test:mutation: breaks the code in small ways and sees whether a unit test notices. What survives
// is in .cache/mutation/report.html. Only some files: npm run test:mutation -- --mutate lib/runs/output.ts
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	testRunner: 'jest',
	jest: { configFile: 'test/jest.mutation.config.mjs' },
	// What needs n8n's engine is left to the engine tests, which are too slow to run for each change.
	mutate: ['lib/**/*.ts', 'nodes/**/*.ts', '!**/*.node.ts'],
	coverageAnalysis: 'perTest',
	// Changes outside of functions run once, when the file is loaded.
	ignoreStatic: true,
	concurrency: 2,
	incremental: true,
	incrementalFile: '.cache/mutation/incremental.json',
	tempDirName: '.cache/mutation/sandbox',
	cleanTempDir: 'always',
	reporters: ['clear-text', 'progress', 'html'],
	clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
	htmlReporter: { fileName: '.cache/mutation/report.html' },
	ignorePatterns: ['/.cache', '/bench', '/coverage', '/dist', '/docs', '/test/n8n-host/n8n'],
	thresholds: { high: 95, low: 90, break: null },
};
