// npm run test:mutation:engine -- --mutate <files>: also runs the engine tests, for code that only they reach.
// Each change takes seconds, so name the files.
import config from './stryker.config.mjs';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	...config,
	jest: { configFile: 'test/jest.mutation-engine.config.mjs' },
	mutate: ['lib/{editor,limiter,n8n}/**/*.ts', 'nodes/*/operations/**/*.ts'],
	// n8n's engine takes seconds to load.
	timeoutMS: 60_000,
	dryRunTimeoutMinutes: 30,
	incrementalFile: '.cache/mutation/incremental-engine.json',
	htmlReporter: { fileName: '.cache/mutation/report-engine.html' },
};
