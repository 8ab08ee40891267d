import type { Changer } from '../../../lib/n8n/changes';

const TOKEN = {};

/** An item of a node that fails with it. */
export const by = (item: number, rest: Partial<Changer> = {}): Changer => ({
	item,
	token: TOKEN,
	failsNode: true,
	...rest,
});

/** How an error ends that says what was done. */
export const END = "'Retry On Fail' does not repeat this, but a new execution does.";
