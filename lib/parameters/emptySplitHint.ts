import type { IExecuteSingleFunctions, NodeHint } from 'n8n-workflow';

const CONTEXT_KEY = 'trutoNothingToSplit';

/** n8n numbers the nodes of a workflow that would have the same name. */
const NUMBERS = ['', '1', '2', '3', '4', '5'];

/**
 * Tells at the node's output that a run had no statistics to split.
 *
 * The declarative engine lets no operation add a hint of its own to an execution. So the operation
 * leaves a mark in the node's context, and this hint of the node's description looks for it. A hint's
 * condition does not know its node's name, and can't list the workflow's names: it tries those that n8n
 * gives. A node with a name of its own shows no hint, only that there is no output.
 *
 * @param names what n8n names the node when it is added: its default name and the operations' actions
 */
export function emptySplitHint(names: string[]): NodeHint {
	const candidates = names.flatMap((name) => NUMBERS.map((number) => name + number));
	return {
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'afterExecution',
		message:
			'At least one sync job run has no <code>resource_stats</code> yet, so it gave no items. Turn off <b>Split Resource Stats</b> to get the run itself, or add the option <b>Include Unstarted Resources</b>.',
		displayCondition: `={{ ${JSON.stringify(candidates)}.some((name) => { try { return $node[name].context.${CONTEXT_KEY} === $nodeId } catch { return false } }) }}`,
	};
}

/** Makes {@link emptySplitHint} show for the current execution of the node. */
export function markEmptySplit(n8n: IExecuteSingleFunctions): void {
	n8n.getContext('node')[CONTEXT_KEY] = n8n.getNode().id;
}
