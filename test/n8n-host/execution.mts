import { parse } from 'flatted';

/** An output item of a node. */
export interface Item {
	json: Record<string, unknown>;
	pairedItem?: { item: number } | { item: number }[] | number;
	error?: unknown;
}

/** What a node did in an execution. */
export interface NodeRun {
	/** The items of each output. */
	outputs: Item[][];
	error?: { message: string; description?: string; httpCode?: string };
	executionTime: number;
}

/** An execution that has ended. */
export interface Execution {
	id: string;
	status: string;
	error?: { message: string; description?: string };
	/** The last run of each node, by its name. */
	nodes: Record<string, NodeRun>;
	/** All of its data as text, to search for what must not be in it. */
	raw: string;
}

/** As n8n's REST API gives it: `data` is a text in the format of the library flatted. */
export interface StoredExecution {
	id: string;
	status: string;
	data: string;
}

interface RunData {
	resultData: {
		error?: Execution['error'];
		runData: Record<
			string,
			{ data?: { main?: (Item[] | null)[] }; error?: NodeRun['error']; executionTime: number }[]
		>;
	};
}

export function readExecution({ id, status, data }: StoredExecution): Execution {
	const { resultData } = parse(data) as RunData;
	const nodes = Object.entries(resultData.runData).map(([name, runs]): [string, NodeRun] => {
		const last = runs.at(-1);
		const outputs = (last?.data?.main ?? []).map((items) => items ?? []);
		return [name, { outputs, error: last?.error, executionTime: last?.executionTime ?? 0 }];
	});
	return { id, status, error: resultData.error, nodes: Object.fromEntries(nodes), raw: data };
}
