import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** In real time: it guards against targets that never answer. */
const ATTEMPT_TIMEOUT_MS = 10_000;

/** Status of an answer; null, with a reason, when there was none. */
export interface PostOutcome {
	status: number | null;
	/** The body of the answer. */
	body?: string;
	error?: string;
}

/** Posts to webhooks' targets, over connections that are kept. */
export class WebhookPoster {
	// Test targets have self-signed certificates.
	private readonly httpsAgent = new HttpsAgent({ keepAlive: true, rejectUnauthorized: false });
	private readonly httpAgent = new HttpAgent({ keepAlive: true });

	post(
		url: string,
		body: string,
		headers: Record<string, string>,
		signal: AbortSignal,
	): Promise<PostOutcome> {
		const secure = url.startsWith('https:');
		return new Promise((resolve) => {
			const request = (secure ? httpsRequest : httpRequest)(
				url,
				{
					method: 'POST',
					agent: secure ? this.httpsAgent : this.httpAgent,
					signal,
					timeout: ATTEMPT_TIMEOUT_MS,
					headers: {
						...headers,
						'content-length': Buffer.byteLength(body),
						'user-agent': 'truto',
					},
				},
				(response) => {
					let answered = '';
					response.setEncoding('utf8').on('data', (part: string) => (answered += part));
					response.once('close', () => {
						resolve({ status: response.statusCode ?? null, body: answered });
					});
				},
			);
			request.once('timeout', () =>
				request.destroy(new Error('The target did not answer in time')),
			);
			request.once('error', (error) => {
				resolve({ status: null, error: error.message });
			});
			request.end(body);
		});
	}

	close(): void {
		this.httpAgent.destroy();
		this.httpsAgent.destroy();
	}
}
