import { listStateEntries } from '../../../../lib/api/runStates';
import type { Operation } from '../../../../lib/n8n/operation';
import { pageSizeOption, pagingProperties, readLimit } from '../../../../lib/parameters/paging';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { readStateKey, stateKeyProperties } from './place';

const options = optionsProperty([pageSizeOption]);

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many entries of a sync job state',
		description: 'List the entries of a state: where incremental syncs continue',
	},
	properties: [...stateKeyProperties, ...pagingProperties, options],
	run: async (item) => {
		const { parameters, client } = item;
		const stateKey = await readStateKey(item);
		const entries = await listStateEntries(client, {
			stateKey,
			limit: readLimit(parameters),
			pageSize: parameters.in(options).number(pageSizeOption),
		});
		return entries.map((entry) => ({ state_key: stateKey, ...entry }));
	},
};
