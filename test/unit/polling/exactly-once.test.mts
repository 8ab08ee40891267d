import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { isEnded, N8nModel, type Handing } from './n8n-model.mts';

type Step =
	| { kind: 'create'; afterMs: number; isLate: boolean }
	| { kind: 'show' | 'restart' | 'publish' }
	| { kind: 'end' | 'writeBack'; which: number }
	| { kind: 'poll'; handing: Handing };

const steps = fc.array(
	fc.oneof(
		{
			weight: 4,
			arbitrary: fc.record({
				kind: fc.constant('create' as const),
				// Often in the same millisecond, now and then days later.
				afterMs: fc.oneof(fc.constant(0), fc.constant(300_000), fc.nat(90_000), fc.nat(2e8)),
				isLate: fc.boolean(),
			}),
		},
		{
			weight: 4,
			arbitrary: fc.record({ kind: fc.constant('end' as const), which: fc.nat(50) }),
		},
		{
			weight: 5,
			arbitrary: fc.record({
				kind: fc.constant('poll' as const),
				handing: fc.constantFrom<Handing[]>(
					...(['works', 'works', 'works'] as const),
					...(['killedBeforeStart', 'killedBeforeSave', 'dropped'] as const),
				),
			}),
		},
		{
			weight: 3,
			arbitrary: fc.record({
				kind: fc.constantFrom('show' as const, 'restart' as const, 'publish' as const),
			}),
		},
		{
			weight: 1,
			arbitrary: fc.record({ kind: fc.constant('writeBack' as const), which: fc.nat(50) }),
		},
	),
	{ maxLength: 60 },
);

/** Goes through the steps, and gives the model and the ids of all runs that had ended before. */
function live(before: Step[], after: Step[]) {
	const n8n = new N8nModel();
	let now = 1_750_000_000_000;
	const create = (isLate: boolean) => {
		const id = `run ${String(n8n.runs.length)}`;
		n8n.runs.push({ id, createdAt: now, isVisible: !isLate });
	};
	const step = (each: Step) => {
		switch (each.kind) {
			case 'create':
				// What shows up late does so within a few minutes: all the others wait for it.
				if (each.afterMs > 60_000) showAll(n8n);
				now += each.afterMs;
				create(each.isLate);
				break;
			case 'show':
				showAll(n8n);
				break;
			case 'end': {
				const going = n8n.runs.filter((run) => run.isVisible && !isEnded(run));
				const run = going[each.which % going.length];
				if (run) run.endedAt = now;
				break;
			}
			case 'poll':
				n8n.poll(each.handing);
				break;
			case 'restart':
				n8n.restart();
				break;
			case 'publish':
				n8n.publish();
				break;
			case 'writeBack':
				n8n.writeBack(each.which);
		}
	};
	for (const each of before) if (each.kind === 'create' || each.kind === 'end') step(each);
	showAll(n8n);
	const old = n8n.runs.filter(isEnded).map(({ id }) => id);
	n8n.activate();
	let last = now;
	for (const each of after) {
		step(each);
		// Nothing stays hidden for longer than a late run may.
		if (now - last > 60_000) {
			showAll(n8n);
			last = now;
		}
	}
	showAll(n8n);
	create(false);
	for (const run of n8n.runs) run.endedAt ??= now;
	n8n.poll('works');
	// What n8n was given in vain comes with the next run that ends.
	now += 1;
	create(false);
	for (const run of n8n.runs) run.endedAt ??= now;
	n8n.poll('works');
	return { n8n, old };
}

function showAll({ runs }: N8nModel): void {
	for (const run of runs) run.isVisible = true;
}

describe('any order of creation, end, polls, restarts, crashes and old static data', () => {
	it('starts the workflow once for each run that ended since activation, and for no other', () => {
		fc.assert(
			fc.property(steps, steps, (before, after) => {
				const { n8n, old } = live(before, after);
				const expected = n8n.runs.map(({ id }) => id).filter((id) => !old.includes(id));
				expect(Object.fromEntries(n8n.started)).toEqual(
					Object.fromEntries(expected.map((id) => [id, 1])),
				);
			}),
			{ numRuns: 3_000 },
		);
	});

	it('gives each run to n8n once as long as nothing comes in between', () => {
		fc.assert(
			fc.property(steps, steps, (before, after) => {
				const undisturbed = after
					.filter(({ kind }) => !['restart', 'publish', 'writeBack'].includes(kind))
					.map((step) => (step.kind === 'poll' ? { ...step, handing: 'works' as const } : step));
				const { n8n } = live(before, undisturbed);
				expect([...n8n.given.values()].filter((times) => times !== 1)).toEqual([]);
				expect([...n8n.given.keys()].sort()).toEqual([...n8n.started.keys()].sort());
			}),
			{ numRuns: 3_000 },
		);
	});
});
