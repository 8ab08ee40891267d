import { fetchRun } from '../../../../lib/api/syncJobRuns';
import { deleteOne, unlessGone } from '../../../../lib/api/things';
import { ExplainedError } from '../../../../lib/explainedError';
import { operation } from '../../../../lib/n8n/operation';
import { syncJobRun } from '../../../../lib/parameters/locators';
import { boolean } from '../../../../lib/parameters/parameter';
import { SYNC_JOB_RUN } from '../../../../lib/truto/kinds';
import type { Run } from '../../../../lib/truto/run';

const deleteEndedRuns = boolean({
	displayName: 'Also Delete Ended Runs',
	name: 'deleteEndedRuns',
	type: 'boolean',
	default: false,
	description:
		'Whether to delete a run that has ended, with its statistics. Otherwise the node throws an error if there is nothing to stop.',
});

export const stop = operation({
	option: {
		name: 'Stop',
		value: 'stop',
		action: 'Stop a sync job run',
		description: 'Stop a sync job run that is in progress, or delete one that has ended',
	},
	parameters: { id: syncJobRun, mayDelete: deleteEndedRuns },
	run: async ({ id, mayDelete }, { client, nodeRun }) => {
		// The request that stops a run in progress deletes one that has ended. So look before sending it again.
		const hasStopped = async (seen: Seen, mayHaveArrived: boolean) => {
			const now = await unlessGone(fetchRun(client, id));
			// A run that was stopped is gone, or is `stopped`. Otherwise it goes on, or has ended in the meantime.
			if (mayHaveArrived && (now === undefined || now.stage === 'stopped')) return true;
			seen.run = now ?? seen.run;
			if (now?.hasEnded && !mayDelete) throw endedError(id, now);
			return false;
		};
		const output = ({ run }: Seen) => [
			{
				deleted: true,
				stopped: !run.hasEnded,
				status_before: run.status,
				sync_job_run_id: id,
			},
		];
		return await nodeRun.change({
			kind: SYNC_JOB_RUN,
			id,
			done: mayDelete ? 'stopped or deleted' : 'stopped',
			wanted: { mayDelete },
			look: async (): Promise<Seen> => {
				const run = await fetchRun(client, id);
				if (run.hasEnded && !mayDelete) throw endedError(id, run);
				return { run };
			},
			act: async (seen) => {
				const isDone = async (mayHaveArrived: boolean) => await hasStopped(seen, mayHaveArrived);
				await deleteOne(client, SYNC_JOB_RUN, id, seen.run.hasEnded ? undefined : isDone);
				return output(seen);
			},
			settle: async (seen) => {
				const isDone = seen.run.hasEnded
					? (await unlessGone(fetchRun(client, id))) === undefined
					: await hasStopped(seen, true);
				return isDone ? output(seen) : undefined;
			},
		});
	},
});

/** The run as it was seen last. *Retry On Fail* goes on with it. */
interface Seen {
	run: Run;
}

function endedError(id: string, { status }: Run): ExplainedError {
	return new ExplainedError(
		`Sync job run ${id} has already ended: its status is ${String(status)}`,
		"There is nothing to stop. Turn on 'Also Delete Ended Runs' to delete it from Truto.",
	);
}
