import { describe, expect, it } from '@jest/globals';

import type { JsonRecord } from '../../../../lib/json';
import { diagnose } from '../../../../lib/runs/diagnose/diagnose';
import type { Diagnosis } from '../../../../lib/runs/diagnose/diagnosis';
import { slackMessage } from '../../../../lib/runs/diagnose/slackMessage';
import { aRun, failed, failure, going, known, page } from './cases.mts';

const blocksOf = (diagnosis: Diagnosis) => slackMessage(diagnosis).blocks as JsonRecord[];

const EVIL = '<!channel> & <https://evil.example|click>\n*bold*';

describe('a message for Slack', () => {
	it('shows what happened, what to do, and of which run it is', () => {
		const diagnosis = diagnose(
			known(failed(), { logs: [failure({ message: 'status 502' })], account: null }),
		);
		const text = (value: string) => ({ type: 'mrkdwn', text: value, verbatim: true });
		expect(blocksOf(diagnosis)).toEqual([
			{
				type: 'section',
				text: text(
					"*HubSpot contacts: failed*\nStart a new run later: the integrated app had an error on its side. If it keeps failing, contact the app's support.",
				),
			},
			{
				type: 'section',
				fields: [
					text('*Status*\nfailed'),
					text('*Cause*\nIntegrated app error'),
					text('*Who acts*\nThe owner of the sync job'),
					text('*Stopped at*\ncrm/notes list'),
					text('*Records*\n129 fetched, 129 persisted'),
					text('*Errors*\n1'),
					text('*Not checked*\naccount'),
				],
			},
			{ type: 'section', text: text('*First error*\n>status 502') },
			{ type: 'context', elements: [text('Sync job run run-1')] },
		]);
	});

	it('shows in words what has several words, and in one line what has several', () => {
		const diagnosis = diagnose(
			known(going('rate_limited', { sync_job: { label: 'All *new*\n\n deals' } }), {
				logs: [page({ retry_after: 600, timestamp: '2026-11-24 11:59:00' })],
			}),
		);
		const blocks = blocksOf({
			...diagnosis,
			status: '',
			stopped_at: { resource: 'crm/notes', method: null },
			not_checked: ['account', 'job'],
		});
		const text = (value: string) => ({ type: 'mrkdwn', text: value, verbatim: true });
		expect(blocks[0]).toMatchObject({
			text: {
				text: '*All ∗new∗ deals: paused*\nWait: the run resumes automatically on 24 Nov 12:09 UTC. Do not restart it.',
			},
		});
		expect(blocks[1]).toEqual({
			type: 'section',
			fields: [
				text('*Cause*\nRate limit'),
				text('*Who acts*\nNobody'),
				text('*Stopped at*\ncrm/notes'),
				text('*Records*\n129 fetched, 129 persisted'),
				text('*Not checked*\naccount, job'),
			],
		});
	});

	it('names the customer', () => {
		const account = { status: 'needs_reauth', tenant_id: 'Tom & Co' };
		const blocks = blocksOf(diagnose(known(failed(), { logs: [], account })));
		expect(JSON.stringify(blocks)).toContain('*Customer*\\nTom &amp; Co');
	});

	it('leaves out what there is not', () => {
		const blocks = blocksOf(diagnose(known({ status: 'completed', resource_stats: 'x' })));
		const text = (value: string) => ({ type: 'mrkdwn', text: value, verbatim: true });
		expect(blocks).toEqual([
			{ type: 'section', text: text('*Sync job run: healthy*\nNothing to do.') },
			{ type: 'section', fields: [text('*Status*\ncompleted'), text('*Who acts*\nNobody')] },
			{ type: 'context', elements: [text('Sync job run without an ID')] },
		]);
	});

	it('makes no mention and no link of what Truto sent', () => {
		const run = failed({
			id: EVIL,
			status: 'failed',
			sync_job: { label: EVIL },
			resource_stats: { [EVIL]: { [EVIL]: { fetched: 1 } } },
		});
		const logs = [failure({ resource: EVIL, method: EVIL, message: EVIL })];
		const account = { status: 'needs_reauth', tenant_id: EVIL, integration: { name: EVIL } };
		const diagnosis = diagnose(known(run, { logs, account }));
		const shown = JSON.stringify(slackMessage(diagnosis));
		expect(shown).not.toMatch(/<|&(?!amp;|lt;|gt;)/);
		expect(shown).toContain('&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt;');
		expect(diagnosis.summary).not.toMatch(/\n|&amp;|&lt;/);
	});

	it('stays within the bounds of Slack, even if all has to be escaped', () => {
		const long = '<&>'.repeat(50_000);
		const run = failed({ id: long, sync_job: { label: long }, resource_stats: { [long]: {} } });
		const logs = [failure({ resource: long, method: long, message: long })];
		for (const block of blocksOf(diagnose(known(run, { logs, account: { tenant_id: long } })))) {
			const {
				text,
				fields = [],
				elements = [],
			} = block as unknown as {
				text?: { text: string };
				fields?: { text: string }[];
				elements?: { text: string }[];
			};
			expect((text?.text ?? '').length).toBeLessThanOrEqual(3_000);
			expect(fields.length).toBeLessThanOrEqual(10);
			// With what is around it; each of three characters becomes 4 or 5.
			for (const part of [...fields, ...elements])
				expect(part.text.length).toBeLessThanOrEqual(2_000);
		}
	});
});

describe('a summary', () => {
	it('is plain text, for e-mails and sheets as well', () => {
		const diagnosis = diagnose(
			known(aRun({ sync_job: { label: 'A & B' } }), {
				logs: [page({ webhook_successful: false })],
			}),
		);
		const end =
			" completed, but did not deliver its records at crm/contacts list (Delivery). Fix the webhook's receiver, which returned 200. Until then, a new run will not deliver its records either.";
		expect(diagnosis.summary).toBe(`A & B${end}`);
	});

	it('tells what is counted', () => {
		const summary = (stats: object) =>
			diagnose(known(aRun({ resource_stats: { a: { list: stats } } } as never), { logs: [] }))
				.summary;
		expect(summary({ fetched: 3 })).toBe('HubSpot contacts completed: 3 fetched. Nothing to do.');
		expect(summary({ persisted: 3 })).toBe(
			'HubSpot contacts completed: 3 persisted. Nothing to do.',
		);
		expect(summary({ skipped: 3 })).toBe('HubSpot contacts completed. Nothing to do.');
	});

	it('names the run if its job has no name', () => {
		const summary = (run: object) => diagnose(known(run as never)).summary;
		expect(summary({ id: 'run-1', status: 'stopped' })).toMatch(
			/^Sync job run run-1 was stopped\./,
		);
		expect(summary({ status: 'stopped' })).toMatch(/^A sync job run was stopped\./);
	});
});
