// The unit tests, as Stryker runs them again and again: without those that look at the
// package and its documents.
import config from '../jest.config.mjs';

const unit = config.projects.find(({ displayName }) => displayName === 'unit');

export default {
	...unit,
	testTimeout: config.testTimeout,
	testPathIgnorePatterns: [
		'<rootDir>/test/unit/[^/]*(package|docs|examples|images|imports)\\.test\\.mts$',
	],
};
