import { startRun } from './run.mts';

/** Jest's global set-up: all that tests put into the system's temporary folder is part of the run. */
export default function setUp(): void {
	process.env.TMPDIR = startRun();
}
