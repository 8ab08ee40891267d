import { describe, expect, it } from '@jest/globals';

import type { JsonRecord } from '../../../lib/json';
import { simplifySyncJob } from '../../../lib/syncJobs/simplifySyncJob';
import { readSyncJob } from '../../../lib/truto/syncJob';
import { deepFreeze } from '../helpers/deepFreeze.mts';

describe('a simplified sync job', () => {
	it('has ten flat fields', () => {
		const job = deepFreeze<JsonRecord>({
			id: 'j1',
			label: 'Contacts nightly',
			integration_name: 'hubspot',
			default_runtime_version: 4,
			args_schema: { account: { required: true }, since: {} },
			args_validation: null,
			mutex_key: null,
			state_key: 'contacts',
			resources: [
				{ name: 'a', type: 'request', resource: 'crm/contacts', method: 'list' },
				{ name: 'b', type: 'request', resource: 'crm/contacts', method: 'get' },
				{ name: 'c', type: 'request', resource: 'crm/notes', method: 'list' },
				{ name: 'd', type: 'destination', destination_type: 'webhook' },
			],
			environment_id: 'e1',
			created_at: '2026-04-01 10:00:00',
			updated_at: '2026-04-02T10:00:00.000Z',
		});
		expect(simplifySyncJob(readSyncJob(job))).toEqual({
			sync_job_id: 'j1',
			sync_job_label: 'Contacts nightly',
			integration_name: 'hubspot',
			runtime_version: 4,
			resources: 'crm/contacts, crm/notes',
			arguments: 'account, since',
			required_arguments: 'account',
			state_key: 'contacts',
			created_at: '2026-04-01T10:00:00.000Z',
			updated_at: '2026-04-02T10:00:00.000Z',
		});
	});

	it('is null or empty if Truto sent nothing', () => {
		expect(simplifySyncJob(readSyncJob({ integration_name: '' }))).toEqual({
			sync_job_id: null,
			sync_job_label: null,
			integration_name: null,
			runtime_version: null,
			resources: '',
			arguments: '',
			required_arguments: '',
			state_key: null,
			created_at: null,
			updated_at: null,
		});
	});
});
