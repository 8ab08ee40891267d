import type { TrutoResult } from './harness.mts';
import { TRUTO } from './harness.mts';
import { nodeTypes, NODE_TYPES } from './n8n/node-types.mts';

/**
 * The hints at the node's output after an execution: those that the execution gave, and those of the
 * node's description whose condition holds, evaluated as the editor does it.
 */
export function hintsShown({ execution }: TrutoResult): string[] {
	const { workflow, run } = execution;
	const given = run.data.resultData.runData[TRUTO]?.at(-1)?.hints ?? [];
	const { hints = [] } = nodeTypes.getByNameAndVersion(NODE_TYPES.truto).description;
	const holds = (condition: string) =>
		workflow.expression.getParameterValue(condition, run.data, 0, 0, TRUTO, [], 'manual', {});
	const conditional = hints.filter(
		({ displayCondition }) => displayCondition === undefined || holds(displayCondition) === true,
	);
	return [...given, ...conditional].map(({ message }) => message);
}
