import { basename } from 'node:path';

import Sequencer from '@jest/test-sequencer';

/**
 * The tests in a real n8n that begin: the slowest first, else the last one runs alone for minutes. Those that
 * need n8n's editor come before those that restart n8n, because a restarted one has none.
 */
const FIRST = [
	'queue',
	'browser',
	'examples',
	'get',
	'any-endpoint',
	'browser-credential',
	'chain-templates',
	'polling',
	'trigger-restart',
	'long-wait',
	'polling-changes',
	'trigger-burst',
];

const place = ({ path }) => {
	const index = FIRST.indexOf(basename(path, '.test.mts'));
	return /\/(e2e|queue)\//.test(path) && index !== -1 ? index : FIRST.length;
};

export default class SlowFirst extends Sequencer {
	async sort(tests) {
		const sorted = await super.sort(tests);
		return [...sorted].sort((a, b) => place(a) - place(b));
	}
}
