import { expect, it } from '@jest/globals';

import { DIALECTS, RUNS } from '../../simulator/index.mts';
import { byId, runTruto } from '../harness.mts';
import { useSimulator } from '../use-simulator.mts';

const truto = useSimulator();

/** What the diagnosis of each run comes to, whatever the dialect: verdict, cause, who acts. */
const EXPECTED: [keyof typeof RUNS, string, string | null, string][] = [
	['completed', 'healthy', null, 'nobody'],
	['created', 'waiting', null, 'nobody'],
	['v4Running', 'running', null, 'nobody'],
	['v4RateLimited', 'rate_limited', 'rate_limit', 'nobody'],
	['v4Stuck', 'stuck', null, 'truto_support'],
	['stopped', 'stopped', null, 'job_owner'],
	['failedReauth', 'failed', 'auth', 'end_user'],
	['failedScopes', 'failed', 'missing_scopes', 'end_user'],
	['v4FailedMapping', 'failed', 'mapping', 'job_owner'],
	['v4FailedUpstream', 'failed', 'upstream', 'job_owner'],
	['notDelivered', 'not_delivered', 'delivery', 'receiver'],
	['notStored', 'not_delivered', 'delivery', 'receiver'],
	['dropped', 'records_dropped', 'unknown', 'job_owner'],
	['nothingFetched', 'nothing_fetched', null, 'nobody'],
	['unknownStatus', 'running', null, 'nobody'],
];

/** A bare number counts no persisted records: Diagnose can't tell that some are missing. */
const OF_BARE_NUMBERS: typeof EXPECTED = EXPECTED.map(([run, ...found]) =>
	run === 'dropped' || run === 'nothingFetched'
		? [run, 'healthy', null, 'nobody']
		: [run, ...found],
);

it.each(DIALECTS)('Diagnose finds the same in $name', async ({ dialect }) => {
	truto().speak(dialect);

	const { rows, error } = await runTruto({
		simulator: truto(),
		items: EXPECTED.map(([run]) => ({ id: RUNS[run] })),
		parameters: { operation: 'diagnose', syncJobRunId: byId('={{ $json.id }}') },
	});

	expect(error).toBeUndefined();
	const found = rows.map(({ verdict, cause, who_acts }, at) => {
		return [EXPECTED[at]?.[0], verdict, cause, who_acts];
	});
	expect(found).toEqual(dialect.statsValue === 'number' ? OF_BARE_NUMBERS : EXPECTED);
});
