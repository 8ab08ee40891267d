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
		const hasStopped = async (mayHaveArrived: boolean) => {
			const now = await unlessGone(fetchRun(client, id));
			const isInProgress = now?.hasEnded === false;
			if (isInProgress) return false;
			// A run that was stopped is gone, or is `stopped`. Otherwise it has ended in the meantime.
			const isStopped = mayHaveArrived && (now === undefined || now.stage === 'stopped');
			if (now && !isStopped && !mayDelete) throw endedError(id, now);
			return isStopped;
		};
		const output = (run: Run) => [
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
			look: async () => {
				const run = await fetchRun(client, id);
				if (run.hasEnded && !mayDelete) throw endedError(id, run);
				return run;
			},
			act: async (run) => {
				await deleteOne(client, SYNC_JOB_RUN, id, run.hasEnded ? undefined : hasStopped);
				return output(run);
			},
			settle: async (run) => {
				const isDone = run.hasEnded
					? (await unlessGone(fetchRun(client, id))) === undefined
					: await hasStopped(true);
				return isDone ? output(run) : undefined;
			},
		});
	},
});

function endedError(id: string, { status }: Run): ExplainedError {
	return new ExplainedError(
		`Sync job run ${id} has already ended: it is ${String(status)}`,
		"There is nothing to stop. Turn on 'Also Delete Ended Runs' to delete it from Truto.",
	);
}
