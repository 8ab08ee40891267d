import { describe, expect, it } from '@jest/globals';
import type { IExecutePaginationFunctions, IExecuteSingleFunctions } from 'n8n-workflow';

import { postReceive, sendDeclared } from '../../../lib/n8n/declared';

const nothing = postReceive(
	(answer) => answer,
	{},
	() => [],
);

/** What n8n's declarative engine hands to the node for one item. */
const n8n = {
	continueOnFail: () => false,
	getCredentials: async () =>
		await Promise.resolve({ apiToken: 'tok_0815', baseUrl: 'https://truto.example' }),
	getExecuteData: () => ({ node: { name: 'Truto' } }),
	getExecutionCancelSignal: () => undefined,
	getExecutionId: () => 'e1',
	getInputData: () => ({ json: {} }),
	getItemIndex: () => 0,
	getNode: () => ({ name: 'Truto', type: 'truto' }),
	getNodeParameter: (name: string, fallback: unknown) =>
		name === 'syncJobRunId' ? '3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64' : fallback,
	getTimezone: () => 'UTC',
	helpers: {},
} as unknown as IExecutePaginationFunctions;

describe('what a developer may do wrong', () => {
	it('is to run postReceive without sendDeclared', async () => {
		const response = { body: {}, headers: {}, statusCode: 200 };
		const run = nothing.call({} as IExecuteSingleFunctions, [], response);

		await expect(run).rejects.toThrow('Only sendDeclared runs postReceive');
	});

	it.each([[() => []], [{ type: 'limit', properties: { maxResults: 1 } }]])(
		'is to declare another action of n8n: %p',
		async (action) => {
			const options = { options: { url: '/sync-job-run/{syncJobRunId}' } };
			const sent = sendDeclared.call(n8n, {
				...options,
				postReceive: [{ data: {}, actions: [action] }],
			} as unknown as Parameters<typeof sendDeclared>[0]);

			await expect(sent).rejects.toThrow('Only what postReceive makes can be one [item 0]');
		},
	);
});
