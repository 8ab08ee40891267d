import TestRunner from 'jest-runner';

/** Runs test files one after the other, and only before or after all others: for tests that measure time. */
export default class AloneRunner extends TestRunner {
	isSerial = true;
}
