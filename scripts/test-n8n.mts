// The packed package in the release of n8n that N8N_VERSION names.
import { installHost } from '../test/n8n-host/install.mts';
import { runCommand } from './command.mts';

/** All that depends on n8n's release; what is left out measures, or tests Truto's faults. */
const FILES = 'e2e/(get|life|polling|trigger-life|trigger-events|trigger-restart)';

// Not left to the tests: it takes longer than they may.
await installHost();
const args = [
	'--selectProjects',
	'e2e',
	'e2e-alone',
	'--maxWorkers=2',
	'--forceExit',
	'--testPathPatterns',
	FILES,
];
process.exitCode = (await runCommand('jest', ...args)) ? 0 : 1;
