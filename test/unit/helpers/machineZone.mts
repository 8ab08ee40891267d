import { beforeAll } from '@jest/globals';

/** Runs a file's tests on a machine in another time zone; Jest's environment puts it back. */
export function useMachineZone(zone: string): void {
	beforeAll(() => {
		process.env.TZ = zone;
	});
}
