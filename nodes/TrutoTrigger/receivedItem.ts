import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { TrutoEvent } from '../../lib/events/event';
import { isJsonRecord } from '../../lib/json';

/** What the request passes on to the execution that it starts. */
export interface ReceivedEvent {
	event: TrutoEvent;
	/** Identifies the event. */
	key: string;
	/** The parameters could not be read when the request came. */
	isUnchecked: boolean;
}

export function handOn(received: ReceivedEvent): INodeExecutionData {
	return { json: { ...received } as unknown as IDataObject };
}

/** What was passed on; undefined if the execution was started in another way. */
export function receivedIn(item: INodeExecutionData | undefined): ReceivedEvent | undefined {
	const { event, key } = item?.json ?? {};
	if (!isJsonRecord(event) || typeof event.name !== 'string' || typeof key !== 'string') {
		return undefined;
	}
	return item?.json as unknown as ReceivedEvent;
}
