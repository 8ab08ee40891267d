import { runInThisContext } from 'node:vm';

import { afterAll, beforeAll } from '@jest/globals';

/**
 * Runs a file's tests on a machine in another time zone. Jest gives tests a copy of `process.env`, and the
 * clock doesn't look there.
 */
export function useMachineZone(zone: string): void {
	const before = Intl.DateTimeFormat().resolvedOptions().timeZone;
	beforeAll(() => {
		setZone(zone);
	});
	afterAll(() => {
		setZone(before);
	});
}

function setZone(zone: string): void {
	runInThisContext(`process.env.TZ = ${JSON.stringify(zone)}`);
}
