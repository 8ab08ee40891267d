import { describe, expect, it } from '@jest/globals';

import { Life, type Event } from './history.mts';
import { NO_FAULTS } from './truto-model.mts';

const create = (count: number, ends: boolean): Event => ({
	...{ kind: 'create', count, ends },
	...{ job: 0, hiddenMs: 0, aheadMs: 0 },
});
const minutes = (count: number): Event => ({ kind: 'time', ms: count * 60_000 });
const hours = (count: number): Event => minutes(60 * count);
const poll: Event = { kind: 'poll', handing: 'works', faults: NO_FAULTS };
const killed: Event = { ...poll, handing: 'killedBeforeStart' };
const away: Event = { ...poll, handing: 'databaseIsAway' };
const environment = (name: string): Event => ({ kind: 'environment', name });
const endAll: Event = { kind: 'end', which: 0, all: true, status: 'completed' };

/** Lives through events. @returns how many runs have started the workflow */
async function startedIn(namesEnvironment: boolean, ...events: Event[]): Promise<number> {
	const how = { namesEnvironment, listsAreShort: true, isQueueMode: false };
	const life = new Life({ ...how, events });
	expect(await life.live()).toEqual([]);
	return life.n8n.started.size;
}

describe.each([true, false])('runs name their environment: %s', (isNamed) => {
	it('another environment starts nothing that has ended long ago', async () => {
		const events = [
			...[environment('second'), create(30, true), hours(2)],
			...[environment('first'), create(6, true), hours(2), poll],
			...[environment('second'), poll, create(1, false), poll, endAll],
		];
		expect(await startedIn(isNamed, ...events)).toBe(1);
	});

	it('a kill before the execution begins loses nothing', async () => {
		const events = [create(1, false), poll, endAll, killed, poll];
		expect(await startedIn(isNamed, ...events)).toBe(1);
	});

	it('the first run of an empty environment starts the workflow', async () => {
		expect(await startedIn(isNamed, poll, create(1, true), poll)).toBe(1);
	});

	it('a run that restarts of n8n have lost again and again is not given up', async () => {
		const dropped: Event = { ...poll, handing: 'dropped' };
		const waits: Event = { ...poll, handing: 'waits' };
		const events = [
			...[create(2, false), poll, create(1, true), killed, waits, minutes(2), killed],
			...[dropped, dropped, away],
		];
		expect(await startedIn(isNamed, ...events)).toBe(1);
	});

	it('a database that is away for hours loses nothing if executions ran before', async () => {
		const again = Array.from({ length: 9 }, () => [minutes(40), away]).flat();
		const events = [poll, create(1, true), poll, create(1, true), away, ...again];
		expect(await startedIn(isNamed, ...events)).toBe(2);
	});

	it('a database that is away for one poll loses nothing', async () => {
		expect(await startedIn(isNamed, create(3, false), poll, endAll, away)).toBe(3);
	});
});
