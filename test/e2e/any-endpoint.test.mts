import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { byId, chain, manualTrigger, trutoNode } from '../n8n-host/workflow.mts';
import { CRON_TRIGGERS, RUNS, SYNC_JOBS, VALID_TOKEN } from '../simulator/index.mts';
import { withEditor } from './browser.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(300_000);

let world: World;

beforeAll(async () => {
	world = await startWorld({ editor: true });
});

afterAll(async () => {
	await world.close();
});

/** As the README says, with the Truto credential. */
const httpRequest = (parameters: Record<string, unknown>) => ({
	name: 'HTTP Request',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'trutoApi',
		...parameters,
	},
	credentials: { trutoApi: world.credential },
});

describe("n8n's HTTP Request node with the Truto credential", () => {
	it('gets from any endpoint', async () => {
		const request = httpRequest({ url: `${world.simulator.url}/sync-job/${SYNC_JOBS.hris}` });
		const execution = await world.n8n.api.run(chain('any endpoint', manualTrigger(), request));

		expect(execution.error).toBeUndefined();
		const [rows = []] = execution.nodes['HTTP Request']?.outputs ?? [];
		expect(rows.map(({ json }) => json)).toMatchObject([
			{ id: SYNC_JOBS.hris, integration_name: 'bamboohr' },
		]);
		expect(execution.raw).not.toContain(VALID_TOKEN);
	});

	it('sends to any endpoint', async () => {
		const request = httpRequest({
			method: 'PATCH',
			url: `${world.simulator.url}/sync-job-cron-trigger/${CRON_TRIGGERS.nightly}`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '{ "cron_expression": "0 4 * * *" }',
		});
		const execution = await world.n8n.api.run(chain('any change', manualTrigger(), request));

		expect(execution.error).toBeUndefined();
		const [rows = []] = execution.nodes['HTTP Request']?.outputs ?? [];
		expect(rows.map(({ json }) => json)).toMatchObject([
			{ id: CRON_TRIGGERS.nightly, cron_expression: '0 4 * * *' },
		]);
	});
});

describe("the operation 'Custom API Call', which n8n adds", () => {
	it('points to the HTTP Request node', async () => {
		const node = trutoNode({ syncJobRunId: byId(RUNS.completed) }, world.credential);
		const { id } = await world.n8n.api.createWorkflow(chain('custom', manualTrigger(), node));
		await withEditor(world.n8n, async ({ page, part }) => {
			await page.goto(`${world.n8n.url}/workflow/${id}/node-1`);
			await part('parameter-input-operation').click();
			await page.getByText('Custom API Call', { exact: true }).last().click();
			await page.getByText(/^Use the HTTP Request node to make a custom API call\./).waitFor();
			await page.getByText("We'll take care of the Truto auth for you").waitFor();
		});
	});
});
