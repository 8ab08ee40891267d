// The unit tests, as Stryker runs them again and again: without those that build the package.
import config from '../jest.config.mjs';

const unit = config.projects.find(({ displayName }) => displayName === 'unit');

export default {
	...unit,
	testTimeout: config.testTimeout,
	testPathIgnorePatterns: ['<rootDir>/test/unit/package.test.mts'],
};
