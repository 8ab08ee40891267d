/** A node of a workflow, as in n8n's export files. */
export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	onError?: string;
	[setting: string]: unknown;
}

/** A workflow, as in n8n's export files. */
export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, { main: { node: string; type: 'main'; index: number }[][] }>;
	settings?: Record<string, unknown>;
}

type NodeInit = Partial<WorkflowNode> & Pick<WorkflowNode, 'name' | 'type'>;

/** A workflow whose nodes follow each other in this order. */
export function chain(name: string, ...inits: NodeInit[]): Workflow {
	const nodes = inits.map((init, index): WorkflowNode => {
		const defaults = { typeVersion: 1, parameters: {}, id: `node-${index}` };
		return { ...defaults, position: [index * 220, 0], ...init };
	});
	const connections: Workflow['connections'] = {};
	nodes.slice(0, -1).forEach((node, index) => {
		const next = nodes[index + 1];
		if (next) connections[node.name] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
	});
	return { name, nodes, connections };
}

export function manualTrigger(): NodeInit {
	return { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };
}

/** A Code node that gives these items. */
export function itemsNode(items: Record<string, unknown>[], name = 'Items'): NodeInit {
	const jsCode = `return ${JSON.stringify(items.map((json) => ({ json })))};`;
	return { name, type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } };
}

/** A Set node that gives one field the value of an expression. */
export function fieldNode(name: string, field: string, value: string): NodeInit {
	const assignments = [{ id: field, name: field, value, type: 'string' }];
	const parameters = { assignments: { assignments }, includeOtherFields: true, options: {} };
	return { name, type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters };
}

/** The Truto node, with *Simplify* off unless the parameters say otherwise. */
export function trutoNode(
	parameters: Record<string, unknown>,
	credential: { id: string; name: string },
	settings: Partial<WorkflowNode> = {},
): NodeInit {
	return {
		name: 'Truto',
		type: 'n8n-nodes-truto.truto',
		parameters: { resource: 'syncJobRun', operation: 'get', simplify: false, ...parameters },
		credentials: { trutoApi: credential },
		...settings,
	};
}

/** A resource locator that names its thing by id. */
export function byId(value: string) {
	return { __rl: true, mode: 'id', value };
}
