import type { AddressInfo } from 'node:net';

import fastify from 'fastify';

import { wrongBlock, type Block } from './slack-blocks.mts';

/** A message as it arrived at `chat.postMessage`. */
export interface SlackMessage {
	channel: string;
	/** With blocks, what a notification shows. */
	text: string;
	blocks?: Block[];
}

/** What stands for `https://slack.com`. */
export interface Slack {
	port: number;
	token: string;
	messages: SlackMessage[];
	close(): Promise<void>;
}

/** Answers `chat.postMessage` as Slack's docs say: failures come with status 200 and `ok: false`. */
export async function startSlack(https: { key: string; cert: string }): Promise<Slack> {
	const token = 'xoxb-chain';
	const messages: SlackMessage[] = [];
	const app = fastify({ https, forceCloseConnections: true });
	app.post<{ Body: Partial<SlackMessage> | null }>('/api/chat.postMessage', (request) => {
		if (request.headers.authorization !== `Bearer ${token}`) return refusal('invalid_auth');
		const { channel, text, blocks } = request.body ?? {};
		if (!channel) return refusal('channel_not_found');
		if (!text) return refusal('no_text');
		if (blocks !== undefined) {
			const wrong = wrongBlock(blocks);
			if (wrong !== undefined) return { ...refusal('invalid_blocks'), errors: [wrong] };
		}
		messages.push({ channel, text, ...(blocks && { blocks }) });
		const ts = `${String(1_700_000_000 + messages.length)}.000100`;
		return { ok: true, channel: 'C0CHAIN', ts, message: { type: 'message', text, ts } };
	});
	await app.listen({ port: 0, host: '127.0.0.1' });
	const { port } = app.server.address() as AddressInfo;
	return { port, token, messages, close: async () => await app.close() };
}

function refusal(error: string) {
	return { ok: false, error };
}
