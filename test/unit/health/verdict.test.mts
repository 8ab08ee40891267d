import { describe, expect, test } from '@jest/globals';

import type { Sync } from '../../../lib/health/sync.ts';
import { verdictOn } from '../../../lib/health/verdict.ts';
import { readSchedule } from '../../../lib/truto/schedule.ts';
import {
	advancing,
	cut,
	EVERY_SIX_HOURS,
	failed,
	forbidden,
	HOUR,
	inProgress,
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

/** The verdict in short: health, since (UTC, `?` if unknown), who acts. */
function verdict(of: Sync, lateAfterHours?: number): string {
	const { health, since, who_acts: actor } = verdictOn(of, { now: NOW, lateAfterHours });
	const time = Number.isNaN(since) ? '?' : new Date(since).toISOString().slice(5, 16);
	return `${health} ${time} ${actor}`;
}

describe('The verdict on a sync', () => {
	test.each<[string, Sync, string]>([
		['the last run completed', sync([run(1), run(7)]), 'healthy ? nobody'],
		['a run after a failed one', sync([run(1), run(2), failed(7)]), 'healthy 04-01T10:00 nobody'],
		['a run after it lost records', sync([run(1), losing(7)]), 'healthy 04-01T11:00 nobody'],
		[
			'a run after one that somebody stopped',
			sync([run(1), run(5, stoppedRun), run(13)], scheduled),
			'healthy ? nobody',
		],
		['a run after a gap', sync([run(1), run(6), run(30)], scheduled), 'healthy 04-01T06:00 nobody'],
		['the only run failed', sync([failed(1)]), 'failing 04-01T11:00 job_owner'],
		[
			'three failed',
			sync([failed(1), failed(7), failed(13), run(19)]),
			'failing 03-31T23:00 job_owner',
		],
		[
			'failed, and before that too long ago',
			sync([failed(1), failed(7)], cut),
			'failing ? job_owner',
		],
		[
			'failed once before older ones',
			sync([failed(1), run(40)], cut),
			'failing 04-01T11:00 job_owner',
		],
		[
			'failed, then stopped',
			sync([run(1, stoppedRun), failed(3)]),
			'failing 04-01T09:00 job_owner',
		],
		['only stopped', sync([run(1, stoppedRun)]), 'stopped 04-01T11:30 job_owner'],
		[
			'ended in an unknown status',
			sync([run(1, { stage: 'ended', status: 'archived', finishedAt: Number.NaN })]),
			'stopped 04-01T11:00 job_owner',
		],
		['completed, then stopped', sync([run(1, stoppedRun), run(3)]), 'healthy ? nobody'],
		['in progress', sync([run(1, advancing), run(7)]), 'running 04-01T11:00 nobody'],
		[
			'in progress after a failure',
			sync([run(1, advancing), failed(7)]),
			'failing 04-01T05:00 job_owner',
		],
		['without an update', sync([run(2, silent)]), 'stuck 04-01T11:55 truto_support'],
		['stuck after failures', sync([run(2, silent), failed(7)]), 'stuck 04-01T11:55 truto_support'],
		['in the queue', sync([run(0.5, queued)]), 'running 04-01T11:30 nobody'],
		['in the queue for an hour', sync([run(1, queued)]), 'stuck 04-01T11:00 truto_support'],
		['paused for hours', sync([run(20, paused)]), 'running 03-31T16:00 nobody'],
		[
			'paused for a day',
			sync([run(40, { ...paused, updatedAt: NOW - 24 * HOUR })]),
			'stuck 03-31T12:00 truto_support',
		],
		[
			'in an unknown status for a day',
			sync([run(40, { ...silent, status: 'paused', updatedAt: NOW - 24 * HOUR })]),
			'running 03-30T20:00 nobody',
		],
		[
			'an update at an unknown time',
			sync([run(9, { ...inProgress, updatedAt: Number.NaN })]),
			'running 04-01T03:00 nobody',
		],
		[
			'records lost twice',
			sync([losing(1), losing(7), run(13)]),
			'losing_records 04-01T05:00 job_owner',
		],
		['on time', sync([run(5)], scheduled), 'healthy ? nobody'],
		['two runs missed', sync([run(13)], scheduled), 'late 04-01T06:00 job_owner'],
		['nothing since the reading began', sync([], { ...scheduled, ...cut }), 'late ? job_owner'],
		['never ran, though it is old', sync([], scheduled), 'late 01-01T12:00 job_owner'],
		[
			'a new schedule',
			sync([], {
				schedules: [
					readSchedule({
						...EVERY_SIX_HOURS.raw,
						created_at: '2026-04-01T11:00:00Z',
						updated_at: '2026-04-01T11:00:00Z',
					}),
				],
			}),
			'never_ran 04-01T11:00 nobody',
		],
		[
			'an unreadable schedule',
			sync([], { schedules: [readSchedule({ cron_expression: 'soon' })] }),
			'never_ran ? nobody',
		],
		['late and failing', sync([failed(13), run(19)], scheduled), 'failing 03-31T23:00 job_owner'],
		[
			'late and losing records',
			sync([losing(13), run(19)], scheduled),
			'late 04-01T06:00 job_owner',
		],
		[
			'the customer has to reconnect',
			sync([run(1)], { account: needsReauth }),
			'reconnect ? end_user',
		],
		[
			'reconnect, since the runs fail',
			sync([failed(1), failed(7), run(13)], { account: needsReauth }),
			'reconnect 04-01T05:00 end_user',
		],
		[
			'permissions are missing',
			sync([run(1)], { account: forbidden }),
			'reconnect 03-31T20:00 end_user',
		],
		[
			'the set-up failed, runs complete',
			sync([run(1)], { account: setupFailed }),
			'healthy ? nobody',
		],
		[
			'the set-up failed, runs fail',
			sync([failed(1)], { account: setupFailed }),
			'failing 04-01T11:00 job_owner',
		],
		['an unknown account', sync([run(1)], { account: null }), 'healthy ? nobody'],
		['nothing at all', sync([], cut), 'unknown ? nobody'],
	])('%s', (_title, of, expected) => {
		expect(verdict(of)).toBe(expected);
	});

	test.each<[string, Sync, string]>([
		['a success in time', sync([run(11)]), 'healthy ? nobody'],
		['no success for 12 hours', sync([run(13)]), 'late 04-01T11:30 job_owner'],
		['runs, but no success', sync([run(1, stoppedRun), run(14)]), 'late 04-01T10:30 job_owner'],
		[
			'the schedule does not count',
			sync([run(11)], {
				schedules: [readSchedule({ ...EVERY_SIX_HOURS.raw, cron_expression: '* * * * *' })],
			}),
			'healthy ? nobody',
		],
		['never a success', sync([run(13, stoppedRun)]), 'late ? job_owner'],
		[
			'in time again, with a stopped run between',
			sync([run(1), run(9, stoppedRun), run(20)]),
			'healthy 04-01T11:00 nobody',
		],
		['in time again', sync([run(1), run(20)]), 'healthy 04-01T11:00 nobody'],
	])('late after 12 hours: %s', (_title, of, expected) => {
		expect(verdict(of, 12)).toBe(expected);
	});
});
