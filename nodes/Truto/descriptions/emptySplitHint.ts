import type { IExecuteSingleFunctions, NodeHint } from 'n8n-workflow';

const CONTEXT_KEY = 'trutoNothingToSplit';

/**
 * Tells at the node's output that a run had no statistics to split.
 *
 * The declarative engine lets no operation add a hint of its own to an execution. So the operation
 * leaves a mark in the node's context, and this hint of the node's description looks for it. An
 * expression knows its node's id but not its name, so the mark holds the id.
 */
export const emptySplitHint: NodeHint = {
	type: 'info',
	location: 'outputPane',
	whenToDisplay: 'afterExecution',
	message:
		'At least one sync job run has no <code>resource_stats</code> yet, so it gave no items. Turn off <b>Split Resource Stats</b> to get the run itself, or add the option <b>Include Unstarted Resources</b>.',
	displayCondition: `={{ Object.keys($node).some((name) => $node[name].context.${CONTEXT_KEY} === $nodeId) }}`,
};

/** Makes {@link emptySplitHint} show for the current execution of the node. */
export function markEmptySplit(n8n: IExecuteSingleFunctions): void {
	n8n.getContext('node')[CONTEXT_KEY] = n8n.getNode().id;
}
