import type { AddressInfo } from 'node:net';

import fastify from 'fastify';

/** A message of a chat, as OpenAI's API takes and gives it. */
interface Message {
	role: string;
	content: unknown;
}

interface ChatRequest {
	messages: Message[];
	tools?: { function: { name: string; description?: string } }[];
}

/** What stands for `https://api.openai.com`. */
export interface OpenAi {
	port: number;
	apiKey: string;
	/** The names of the tools that the model could choose from. */
	offered: string[];
	/** What the tools gave, in order. */
	toolAnswers: string[];
	close(): Promise<void>;
}

/** The tool that the model wants to use, or what it says in the end. */
type Step = { tool: string; input: Record<string, unknown> } | { answer: string };

/**
 * A model with a script: it decides by what the tools have given so far.
 *
 * @param script the next step
 */
export async function startOpenAi(
	https: { key: string; cert: string },
	script: (toolAnswers: string[]) => Step,
): Promise<OpenAi> {
	const app = fastify({ https, forceCloseConnections: true });
	const openAi: OpenAi = {
		port: 0,
		apiKey: 'sk-chain',
		offered: [],
		toolAnswers: [],
		close: async () => await app.close(),
	};
	app.post<{ Body: ChatRequest }>('/v1/chat/completions', async (request, reply) => {
		if (request.headers.authorization !== `Bearer ${openAi.apiKey}`) {
			return await reply.code(401).send({ error: { message: 'Incorrect API key provided' } });
		}
		const { messages, tools = [] } = request.body;
		openAi.offered = tools.map((tool) => tool.function.name);
		openAi.toolAnswers = messages
			.filter(({ role }) => role === 'tool')
			.map(({ content }) => (typeof content === 'string' ? content : JSON.stringify(content)));
		return completion(script(openAi.toolAnswers), openAi.toolAnswers.length);
	});
	await app.listen({ port: 0, host: '127.0.0.1' });
	openAi.port = (app.server.address() as AddressInfo).port;
	return openAi;
}

function completion(step: Step, number: number) {
	const message =
		'answer' in step
			? { role: 'assistant', content: step.answer }
			: { role: 'assistant', content: null, tool_calls: [toolCall(step, number)] };
	return {
		id: `chatcmpl-${String(number)}`,
		object: 'chat.completion',
		created: 1_700_000_000,
		model: 'gpt-4.1-mini',
		choices: [{ index: 0, message, finish_reason: 'answer' in step ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

function toolCall({ tool, input }: Extract<Step, { tool: string }>, number: number) {
	const call = { name: tool, arguments: JSON.stringify(input) };
	return { id: `call_${String(number)}`, type: 'function', function: call };
}
