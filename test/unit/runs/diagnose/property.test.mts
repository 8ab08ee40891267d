import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { isJsonRecord, type Json, type JsonRecord } from '../../../../lib/json';
import { withSource } from '../../../../lib/runs/diagnose/known';
import { diagnose } from '../../../../lib/runs/diagnose/diagnose';
import type { Diagnosis } from '../../../../lib/runs/diagnose/diagnosis';
import { nextSources } from '../../../../lib/runs/diagnose/nextSources';
import { slackMessage } from '../../../../lib/runs/diagnose/slackMessage';
import { anyJson, anyStats } from '../../helpers/arbitraryStats.mts';
import { deepFreeze } from '../../helpers/deepFreeze.mts';
import { known, type Answers } from './cases.mts';

const blocksOf = (diagnosis: Diagnosis) => slackMessage(diagnosis).blocks as JsonRecord[];

const VERDICTS = [
	'healthy',
	'waiting',
	'running',
	'paused',
	'stuck',
	'failed',
	'not_delivered',
	'records_dropped',
	'nothing_fetched',
	'stopped',
];

const time = fc.oneof(
	fc.constantFrom<Json>('2026-11-24 10:00:00', '2026-11-24T11:59:00.000Z', null, 'soon', 1e18),
	anyJson,
);
const run = fc.record(
	{
		id: fc.oneof(fc.constant('run-1'), anyJson),
		status: fc.oneof(
			fc.constantFrom(
				'created',
				'running',
				'rate_limited',
				'completed',
				'failed',
				'stopped',
				'new',
			),
			anyJson,
		),
		sync_job_id: anyJson,
		sync_job: fc.oneof(anyJson, fc.record({ label: anyJson, resources: anyJson })),
		integrated_account_id: fc.oneof(fc.constant('a'), anyJson),
		webhook_id: fc.oneof(fc.constant('w'), anyJson),
		args: anyJson,
		resources: anyJson,
		resource_stats: fc.oneof(anyStats, anyJson),
		created_at: time,
		started_at: time,
		updated_at: time,
		finished_at: time,
		mutex_key: anyJson,
		version: anyJson,
	},
	{ requiredKeys: [] },
);
const flag = fc.oneof(fc.constantFrom<Json>(true, false, null, 'false', 0), anyJson);
const logEntry = fc.record(
	{
		timestamp: time,
		metadata: anyJson,
		status: fc.oneof(fc.constantFrom('error', 'ok'), anyJson),
		sync_job_run_event: fc.oneof(fc.constantFrom('failed', 'record_error'), anyJson),
		resource: anyJson,
		method: anyJson,
		num_records: anyJson,
		retry_after: anyJson,
		webhook_status: anyJson,
		webhook_successful: flag,
		datastore_successful: flag,
		integrated_account_needs_reauth: flag,
		message: anyJson,
		logs: anyJson,
	},
	{ requiredKeys: [] },
);
const account = fc.record({
	status: fc.oneof(fc.constantFrom('active', 'needs_reauth', 'post_install_error'), anyJson),
	tenant_id: anyJson,
	last_error: anyJson,
	last_forbidden_error: anyJson,
	integration: anyJson,
});
const orUnread = <T,>(value: fc.Arbitrary<T>) => fc.option(fc.option(value), { nil: undefined });

const anything = fc.record(
	{
		run,
		stuckAfterMinutes: fc.nat(),
		job: orUnread(fc.oneof(account, run)),
		logs: orUnread(fc.array(fc.oneof(logEntry, run))),
		account: orUnread(fc.oneof(account, run)),
		deliveries: orUnread(fc.array(logEntry)),
	},
	{ requiredKeys: ['run'] },
);

const knownOf = (what: { run: Json; stuckAfterMinutes?: number } & object) => {
	const { run: ofRun, stuckAfterMinutes, ...answers } = what;
	return { ...known(ofRun as JsonRecord, answers as Answers), stuckAfterMinutes };
};

/** Texts, at any depth. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, part]) => [key, ...textsIn(part)]);
}

describe('the diagnosis of any JSON', () => {
	it('is a verdict, and who has to do what', () => {
		fc.assert(
			fc.property(anything, (what) => {
				const diagnosis = diagnose(knownOf(deepFreeze(what)));
				expect(VERDICTS).toContain(diagnosis.verdict);
				expect(diagnosis.next_step).not.toBe('');
				expect(diagnosis.summary).toMatch(/^[^\n]+$/);
				expect((diagnosis.cause === null) === (diagnosis.cause_name === null)).toBe(true);
				for (const count of [diagnosis.fetched, diagnosis.persisted]) {
					expect(count === null || Number.isFinite(count)).toBe(true);
				}
				expect(Object.values(diagnosis)).not.toContain(undefined);
				for (const block of blocksOf(diagnosis)) expect(isJsonRecord(block)).toBe(true);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('asks for each source once at the most', () => {
		fc.assert(
			fc.property(anything, (what) => {
				let input = knownOf(what);
				for (let asked = 0; asked <= 4; asked++) {
					const next = nextSources(input);
					if (next.length === 0) return;
					for (const { source } of next) {
						expect(input[source]).toBeUndefined();
						input = { ...input, ...withSource(input, source, null) };
					}
				}
				expect(nextSources(input)).toEqual([]);
			}),
			{ numRuns: 500 },
		);
	});

	it('is of bounded length', () => {
		const long = 'x'.repeat(100_000);
		const many = Array.from({ length: 2_000 }, (_, index) => `${long}${index}`);
		const stats = Object.fromEntries(
			many.slice(0, 300).map((name) => [name, { [long]: { fetched: 1 } }]),
		);
		const logs = many.slice(0, 300).map(
			(name): JsonRecord => ({
				status: 'error',
				resource: name,
				method: long,
				message: long,
				logs: [long],
			}),
		);
		for (const status of ['failed', 'completed', 'created', 'stopped']) {
			const ofStatus: JsonRecord = {
				id: 'run-1',
				status,
				resource_stats: stats,
				sync_job: { label: long },
				mutex_key: long,
				created_at: '2026-11-24 00:00:00',
				finished_at: status === 'created' ? null : '2026-11-24 11:00:00',
			};
			const account = { status: 'needs_reauth', tenant_id: long, last_error: long };
			const diagnosis = diagnose(known(ofStatus, { logs, account }));
			expect(Math.max(...textsIn(diagnosis).map((text) => text.length))).toBeLessThanOrEqual(1_000);
			expect(JSON.stringify(diagnosis).length).toBeLessThan(60_000);
		}
	});
});
