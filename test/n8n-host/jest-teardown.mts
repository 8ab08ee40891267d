import { endRun } from './run.mts';

/** Jest's global tear-down. */
export default async function tearDown(): Promise<void> {
	await endRun();
}
