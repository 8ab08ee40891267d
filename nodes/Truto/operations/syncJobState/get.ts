import { fetchStateEntry } from '../../../../lib/api/runStates';
import type { Operation } from '../../../../lib/n8n/operation';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { placeProperties, readPlace } from './place';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get an entry of a sync job state',
		description: 'Get one entry of a state, such as the time from which the next sync continues',
	},
	properties: [...placeProperties, optionsProperty()],
	run: async (item) => {
		const place = await readPlace(item);
		return [{ state_key: place.stateKey, ...(await fetchStateEntry(item.client, place)) }];
	},
};
