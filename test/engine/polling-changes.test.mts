import { describe, expect, it } from '@jest/globals';

import {
	FAULTS,
	formsOf,
	OTHER_ENVIRONMENT_ID,
	OTHER_TOKEN,
	SYNC_JOBS,
	VALID_TOKEN,
} from '../simulator/index.mts';
import { byId } from './harness.mts';
import { daysAgo, idsOf, usePolling } from './use-polling.mts';

const { truto, addRun, end, activated, later } = usePolling();

const OF_CRM = { filters: { syncJobId: byId(SYNC_JOBS.crm) } };
const OF_TICKETING = { filters: { syncJobId: byId(SYNC_JOBS.ticketing) } };

describe('a change of the filters loses no run that matches the new ones', () => {
	it('narrowed while the workflow was off, after the run has ended', async () => {
		const busy = addRun({ status: 'running' });
		const node = await activated();
		end(busy);
		node.test.parameters = OF_CRM;
		const items = await node.activate();
		expect(idsOf((await node.execute(items)).items.map(({ json }) => json))).toEqual([busy]);
	});

	it('moved to another job, with a run of it in progress', async () => {
		const node = await activated({ parameters: OF_CRM });
		const busy = addRun({ sync_job_id: SYNC_JOBS.ticketing, status: 'running' });
		expect(await node.poll()).toEqual([]);
		node.test.parameters = OF_TICKETING;
		expect(await node.activate()).toEqual([]);
		end(busy);
		expect(idsOf(await node.pollAndExecute())).toEqual([busy]);
	});

	it('in the middle of an outage', async () => {
		const [ofCrm, ofTicketing] = [
			addRun({ status: 'running' }),
			addRun({ sync_job_id: SYNC_JOBS.ticketing, status: 'running' }),
		];
		const node = await activated({ parameters: OF_CRM });
		truto().faults.random(1, FAULTS.serverError);
		expect(await node.poll()).toEqual([]);
		end(ofCrm);
		end(ofTicketing);
		node.test.parameters = OF_TICKETING;
		expect(await node.activate()).toEqual([]);
		truto().faults.clear();
		expect(idsOf(await node.pollAndExecute())).toEqual([ofTicketing]);
		// Only runs whose end the trigger has not seen yet follow the new settings.
		node.test.parameters = OF_CRM;
		expect(await node.activate()).toEqual([]);
	});

	it('for what goes on longer than the list shows', async () => {
		const busy = addRun({ sync_job_id: SYNC_JOBS.ticketing, status: 'running' });
		for (let run = 0; run < 60; run++) addRun({ created_at: new Date().toISOString() });
		const node = await activated({ parameters: OF_CRM });
		node.test.parameters = OF_TICKETING;
		expect(await node.activate()).toEqual([]);
		end(busy);
		expect(idsOf(await node.pollAndExecute())).toEqual([busy]);
	});
});

describe('another credential', () => {
	it('of the same environment changes nothing', async () => {
		const busy = addRun({ status: 'running' });
		const node = await activated();
		end(busy);
		node.test.credentialId = 'replaced';
		const items = await node.activate();
		expect(idsOf((await node.execute(items)).items.map(({ json }) => json))).toEqual([busy]);
	});

	it.each([true, false])(
		'of another environment: what ended long ago starts nothing (runs name it: %s)',
		async (namesEnvironment) => {
			const inOther = { environment_id: OTHER_ENVIRONMENT_ID, sync_job_id: SYNC_JOBS.other };
			for (let run = 0; run < 6; run++) addRun({ ...inOther, created_at: daysAgo(30) });
			for (let run = 0; run < 60; run++) addRun({ created_at: daysAgo(20 - run / 4) });
			const busy = addRun({ status: 'running', created_at: daysAgo(10) });
			truto().dialect.runEnvironment = namesEnvironment ? 'everywhere' : 'on-get-only';
			const node = await activated({ credential: { apiToken: OTHER_TOKEN } });
			node.test.credential = { apiToken: VALID_TOKEN };
			expect(await node.activate()).toEqual([]);
			expect(await node.poll()).toEqual([]);
			end(busy);
			expect(idsOf(await node.pollAndExecute())).toEqual([busy]);
		},
	);
});

describe('another environment, and then the first one again', () => {
	it.each([true, false])(
		'begins anew each time: nothing comes twice, and nothing old (runs name it: %s)',
		async (namesEnvironment) => {
			truto().dialect.runEnvironment = namesEnvironment ? 'everywhere' : 'on-get-only';
			const inOther = { environment_id: OTHER_ENVIRONMENT_ID, sync_job_id: SYNC_JOBS.other };
			for (let run = 0; run < 6; run++) addRun({ ...inOther, created_at: daysAgo(30) });
			for (let run = 0; run < 6; run++) addRun({ created_at: daysAgo(20) });
			const busy = [addRun({ status: 'running' }), addRun({ status: 'running' })];
			const node = await activated();
			const before = addRun();
			expect(idsOf(await node.pollAndExecute())).toEqual([before]);
			node.test.credential = { apiToken: OTHER_TOKEN };
			expect(await node.activate()).toEqual([]);
			end(busy[0] ?? '');
			node.test.credential = { apiToken: VALID_TOKEN };
			expect(await node.activate()).toEqual([]);
			end(busy[1] ?? '');
			expect(idsOf(await node.pollAndExecute())).toEqual([busy[1]]);
			expect(await node.poll()).toEqual([]);
		},
	);
});

describe('clocks', () => {
	it('a run of the future does not hide the runs that come after it', async () => {
		const node = await activated();
		const future = addRun({ created_at: '2099-01-01T00:00:00.000Z' });
		expect(idsOf(await node.pollAndExecute())).toEqual([future]);
		for (let poll = 0; poll < 3; poll++) {
			const next = addRun();
			expect(idsOf(await node.pollAndExecute())).toEqual([next]);
		}
	});

	it.each(formsOf('runClock', 'runListed', 'runEnvironment'))('$name', async ({ dialect }) => {
		truto().speak(dialect);
		const node = await activated();
		for (let round = 0; round < 3; round++) {
			const { id } = truto().store.addRun({ status: 'completed' });
			const given = idsOf(await node.pollAndExecute());
			later(61_000);
			expect([...given, ...idsOf(await node.pollAndExecute())]).toEqual([id]);
			expect(await node.poll()).toEqual([]);
		}
	});

	it('a run may appear late, in a quiet environment even by days', async () => {
		for (let run = 0; run < 30; run++) addRun({ created_at: daysAgo(5 - run / 10) });
		const node = await activated();
		const late = addRun({ created_at: daysAgo(4) });
		expect(idsOf(await node.pollAndExecute())).toEqual([late]);
	});
});
