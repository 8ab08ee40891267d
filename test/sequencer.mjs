import { basename } from 'node:path';

import Sequencer from '@jest/test-sequencer';

/**
 * The end-to-end tests that begin: first those that need n8n's editor, which an n8n that was restarted does
 * not have, then the slowest. Else the last one runs alone for minutes.
 */
const FIRST = [
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
	return path.includes('/e2e/') && index !== -1 ? index : FIRST.length;
};

export default class SlowFirst extends Sequencer {
	async sort(tests) {
		const sorted = await super.sort(tests);
		return [...sorted].sort((a, b) => place(a) - place(b));
	}
}
