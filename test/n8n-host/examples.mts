import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './paths.mts';
import type { Workflow } from './workflow.mts';

/** A workflow of `examples/`, ready to be run with a credential: people choose theirs in the editor. */
export interface Example {
	file: string;
	workflow: Workflow;
}

export function readExamples(credential: { id: string; name: string }): Example[] {
	const folder = join(ROOT, 'examples');
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => {
			const workflow = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Workflow;
			const nodes = workflow.nodes.map((node) =>
				node.credentials?.trutoApi ? { ...node, credentials: { trutoApi: credential } } : node,
			);
			return { file, workflow: { ...workflow, nodes } };
		});
}
