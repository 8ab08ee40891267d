import { expect, test } from '@jest/globals';

import { leftOvers } from '../../scripts/left-overs.mts';

test('what a run leaves behind is told apart from what other programs put there', () => {
	const before = ['systemd', 'n8n-nodes-truto-AAAAAA'];
	const after = [
		'systemd',
		'n8n-nodes-truto-AAAAAA',
		'n8n-nodes-truto-BBBBBB',
		'n8n-nodes-truto-BBBBBB-CCCCCC',
		'chromium-1',
	];
	expect(leftOvers(before, after, '/tmp/n8n-nodes-truto-BBBBBB')).toEqual({
		own: ['n8n-nodes-truto-BBBBBB', 'n8n-nodes-truto-BBBBBB-CCCCCC'],
		others: ['chromium-1'],
	});
});

test('a run that cleaned up leaves nothing behind', () => {
	expect(leftOvers(['systemd'], ['systemd'], '/tmp/n8n-nodes-truto-BBBBBB')).toEqual({
		own: [],
		others: [],
	});
});
