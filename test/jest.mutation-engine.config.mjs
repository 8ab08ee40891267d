// The unit and the engine tests, as Stryker runs them.
import unit from './jest.mutation.config.mjs';

export default {
	...unit,
	displayName: 'unit and engine',
	testMatch: ['<rootDir>/test/{unit,engine}/**/*.test.mts'],
};
