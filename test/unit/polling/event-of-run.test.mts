import { expect, test } from '@jest/globals';

import { eventOfRun } from '../../../nodes/TrutoPollingTrigger/eventOfRun';
import { finishedRun } from '../helpers/runs.mts';

test.each([
	['2026-04-01 10:01:30', Date.parse('2026-04-01T10:01:30Z')],
	[null, null],
])('a run that ended at %j is an event of that time', (finishedAt, createdAt) => {
	const run = finishedRun({ id: 'r1', status: 'failed', finished_at: finishedAt });
	expect(eventOfRun(run)).toEqual({
		id: 'r1',
		name: 'sync_job_run:failed',
		payload: run,
		createdAt,
		webhookId: null,
	});
});
