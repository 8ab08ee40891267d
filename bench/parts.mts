/** Innermost first: what axios does for n8n's helpers counts as HTTP. */
const PARTS: [RegExp, string][] = [
	[/n8n-nodes-truto/, 'this package'],
	[
		/expression|tournament|isolated-vm|workflow-data-proxy|luxon/,
		"n8n: evaluating parameters' expressions",
	],
	[/axios|follow-redirects|form-data|proxy-from-env|agent-base/, 'n8n: HTTP (axios)'],
	[/^node:(_?http|net|internal\/(stream|http)|_?stream|url|internal\/url|zlib)/, 'Node.js: HTTP'],
	[/flatted|stream-json|sqlite3|typeorm/, 'n8n: storing the execution and reading it'],
	[/n8n-core|n8n-workflow/, 'n8n: engine'],
	[/node_modules/, 'n8n: others'],
];

/** The part of n8n's process that a function belongs to; undefined if it counts for its caller's. */
export function partOf(functionName: string, url: string): string | undefined {
	if (functionName === '(idle)') return 'idle';
	if (functionName === '(garbage collector)') return 'garbage collection';
	if (functionName === '(program)') return 'V8 and system calls';
	return PARTS.find(([pattern]) => pattern.test(url))?.[1];
}
