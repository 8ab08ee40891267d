import type { EventFilter } from '../../lib/events/filter';
import { textOrNull, type JsonRecord } from '../../lib/json';
import { couldBe } from '../../lib/truto/references';
import { readRun, type Run } from '../../lib/truto/run';
import { END_STATUSES } from '../../lib/truto/statuses';

/** What a poll knows about a run. */
export interface SeenRun {
	id: string;
	/** Milliseconds since 1970. */
	createdAt: number;
	hasEnded: boolean;
	/** Milliseconds since 1970: the order in which ended runs start the workflow. */
	endedAt: number;
	/** It has ended in a way that starts the workflow, and the filters let it through. */
	starts: boolean;
	/** null if Truto doesn't say. */
	environment: string | null;
	/** It has all columns of the output. A run from a list may lack its sync job. */
	isWhole: boolean;
	/** As Truto sent it. */
	raw: JsonRecord;
}

/** Which runs start the workflow. */
export interface WantedRuns extends EventFilter {
	/** How they ended. */
	statuses: string[];
}

/**
 * What the trigger needs to know about a run. Filters are only applied here, because Truto doesn't
 * document whether its own filter finds runs of version 4 jobs, which only name the account in their
 * arguments.
 *
 * @param isWhole it is the answer of *Get*; a run from a list is whole if it has its sync job
 * @returns undefined if the run has no id or no readable `created_at`
 */
export function seenRun(
	raw: JsonRecord,
	wanted: WantedRuns,
	isWhole: boolean,
): SeenRun | undefined {
	const run = readRun(raw);
	const { id, hasEnded, finishedAt, updatedAt, createdAt, job } = run;
	if (id === null || Number.isNaN(createdAt.ms)) return undefined;
	const environments = [raw.environment_id, job?.raw.environment_id].map(textOrNull);
	return {
		id,
		createdAt: createdAt.ms,
		endedAt: [finishedAt.ms, updatedAt.ms].find((time) => time > 0) ?? createdAt.ms,
		hasEnded,
		starts: hasEnded && isWanted(run, wanted),
		environment: environments.find((environment) => environment !== null) ?? null,
		isWhole: isWhole || job !== null,
		raw,
	};
}

/** Whether a run that has ended is one that people want to hear of. */
function isWanted({ status, syncJobId, integratedAccountId }: Run, wanted: WantedRuns): boolean {
	// With all ends chosen, an unknown one counts, too.
	const isEndWanted =
		wanted.statuses.includes(String(status)) ||
		END_STATUSES.every((end) => wanted.statuses.includes(end));
	return (
		isEndWanted &&
		couldBe(syncJobId, wanted.syncJobId) &&
		couldBe(integratedAccountId, wanted.integratedAccountId)
	);
}
