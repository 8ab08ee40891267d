import type { INodeProperties } from 'n8n-workflow';

import { ExplainedError } from '../explainedError';
import { INTEGRATED_ACCOUNT, SYNC_JOB } from '../truto/kinds';
import { integratedAccountProperty, syncJobProperty } from './locators';
import type { Choice } from './read';
import type { Choosable, ParameterReader } from './reader';

/**
 * The values that are selected under *Trigger On*.
 *
 * @throws {ExplainedError} if none is
 */
export function readTriggerOn<Value extends string>(
	parameters: ParameterReader,
	property: Choosable<Value>,
): Value[] {
	const chosen = parameters.choices(property);
	if (chosen.length > 0) return chosen;
	throw new ExplainedError(
		`No events are selected under '${property.displayName}'`,
		"Select at least one, such as 'Run Failed'.",
	);
}

/** The subtitle of a trigger's node: the names of what is selected under *Trigger On*. */
export function triggerSubtitle(property: { name: string; options: readonly Choice[] }): string {
	const { name, options } = property;
	const names = Object.fromEntries(options.map((option) => [option.value, option.name]));
	return `={{ [$parameter["${name}"]].flat().map((event) => (${JSON.stringify(names)})[event] ?? event).join(", ") }}`;
}

/**
 * The ids that an event must be about. A filter that was added but left empty rules out nothing.
 *
 * @param filters the collection that has an integrated account and a sync job
 * @throws {ExplainedError} if an id is not valid
 */
export function readTriggerFilters(parameters: ParameterReader, filters: INodeProperties) {
	const chosen = parameters.in(filters);
	return {
		syncJobId: chosen.optionalId(syncJobProperty, SYNC_JOB),
		integratedAccountId: chosen.optionalId(integratedAccountProperty, INTEGRATED_ACCOUNT),
	};
}
