import { describe, expect, test } from '@jest/globals';

import type { Sync } from '../../../lib/health/sync.ts';
import { verdictOn } from '../../../lib/health/verdict.ts';
import { readAccount } from '../../../lib/truto/account.ts';
import { readSchedule } from '../../../lib/truto/schedule.ts';
import {
	advancing,
	failed,
	forbidden,
	HOUR,
	losing,
	needsReauth,
	NOW,
	paused,
	queued,
	run,
	scheduled,
	setupFailed,
	silent,
	stoppedRun,
	sync,
} from './syncs.mts';

/** A daily schedule of yesterday, and one that can't be read: the first run is due in so many hours. */
const firstDue = (hours: number) => ({
	schedules: [
		readSchedule({ cron_expression: 'soon' }),
		readSchedule({
			cron_expression: `0 ${12 + hours} * * *`,
			created_at: new Date(NOW - 20 * HOUR).toISOString(),
		}),
	],
});

describe('The next step', () => {
	const step = (of: Sync, lateAfterHours?: number) =>
		verdictOn(of, { now: NOW, lateAfterHours }).next_step;

	test.each<[string, Sync, string]>([
		['failing', sync([failed(1)]), "Use 'Diagnose' on run run-1 to see why it failed."],
		[
			'set-up',
			sync([failed(1)], { account: setupFailed }),
			'Fix what failed after the account was connected (its status is post_install_error), then start a new run.',
		],
		[
			'reconnect',
			sync([], { account: needsReauth }),
			'Ask the customer (tenant acme) to reconnect HubSpot.',
		],
		[
			'permissions',
			sync([], { account: forbidden }),
			'Ask the customer (tenant acme) to reconnect HubSpot and grant the missing permissions: crm.read, deals.read.',
		],
		[
			'without names',
			sync([], { account: readAccount({ status: 'needs_reauth' }), job: null }),
			'Ask the customer to reconnect the integrated account.',
		],
		[
			'late',
			sync([run(13)], scheduled),
			'Check the schedule in Truto: two runs in a row were due, and none was created.',
		],
		[
			'losing',
			sync([losing(1)]),
			'Check the steps of the sync job that follow the request for crm/contacts (transform, mapping, destination): its records were fetched, and none was persisted.',
		],
		[
			'stuck',
			sync([run(2, silent)]),
			"Send the run's ID (run-2) to support@truto.one: it no longer makes progress. Do not restart it, and do not turn on 'Ignore Previous Run'.",
		],
		[
			'stuck, without an ID',
			sync([run(2, { ...silent, id: null })]),
			"Send the run's ID to support@truto.one: it no longer makes progress. Do not restart it, and do not turn on 'Ignore Previous Run'.",
		],
		[
			'queued',
			sync([run(2, queued)]),
			"Send the run's ID (run-2) to support@truto.one: it has been waiting for 120 minutes. Do not start another one.",
		],
		[
			'queued behind another run',
			sync([run(2, { ...queued, heldBy: 'another run with the mutex key crm is still running' })]),
			'Check whether another run with the mutex key crm is still running: run run-2 has been waiting for 120 minutes. Do not start another one.',
		],
		[
			'paused for a day',
			sync([run(40, { ...paused, updatedAt: NOW - 30 * HOUR })]),
			"Send the run's ID (run-40) to support@truto.one: it has been paused for more than a day. Do not restart it, and do not turn on 'Ignore Previous Run'.",
		],
		[
			'paused',
			sync([run(1, paused)]),
			'Wait: the run is paused, and resumes automatically. Do not restart it.',
		],
		['running', sync([run(1, advancing)]), 'Wait: a run is in progress. Do not start another one.'],
		[
			'stopped',
			sync([run(1, stoppedRun)]),
			'Find out who stopped the last run, and why, before you start a new one.',
		],
		[
			'ended in an unknown status',
			sync([run(1, { stage: 'ended', status: 'archived' })]),
			'Look at run run-1 in Truto: it ended with the status archived, which does not say whether it worked.',
		],
		['never ran', sync([], firstDue(1)), 'Nothing to do: its first run is not due yet.'],
		[
			'never ran, though it was due once',
			sync([], firstDue(-1)),
			'Wait: its first run was due, but has not been created yet.',
		],
		[
			'never ran, and nobody knows when it is due',
			sync([], { schedules: [readSchedule({ cron_expression: 'soon' })] }),
			'Wait: no run has been created yet. It is not known when the first one is due.',
		],
		[
			'without a known run',
			sync([], { readSince: NOW - 48 * HOUR }),
			"Unknown: no run of this sync was found in the time that was read. To look further back, raise 'Period (Hours)'.",
		],
		['healthy', sync([run(1)]), 'Nothing to do.'],
	])('%s', (_title, of, expected) => {
		expect(step(of)).toBe(expected);
	});

	test('names the last success', () => {
		expect(step(sync([run(13)]), 12)).toBe(
			'The last success was 12 hours ago. Check the schedule of the sync, and start a run if it is due.',
		);
		expect(step(sync([run(0.9)]), 0.1)).toMatch(/^The last success was less than an hour ago\./);
		expect(step(sync([run(13, stoppedRun)]), 12)).toBe(
			'No successful run is known. Check the schedule of the sync, and start a run if it is due.',
		);
	});
});
