import { startSimulator, VALID_TOKEN } from '../test/simulator/index.mts';

/** The Truto that a demo works with. */
export interface DemoTruto {
	baseUrl: string;
	apiToken: string;
	/** For people. */
	name: string;
	isReal: boolean;
	close(): Promise<void>;
}

/**
 * The real Truto if the environment has TRUTO_API_TOKEN, else a simulated one.
 *
 * @throws if the real Truto can't be reached or does not accept the token
 */
export async function connectToTruto(): Promise<DemoTruto> {
	const apiToken = process.env.TRUTO_API_TOKEN ?? '';
	if (apiToken === '') {
		const simulator = await startSimulator({ seed: 'month', allowHttpWebhooks: true });
		return {
			baseUrl: simulator.url,
			apiToken: VALID_TOKEN,
			name: `a simulated Truto at ${simulator.url}`,
			isReal: false,
			close: async () => await simulator.close(),
		};
	}
	const baseUrl = (process.env.TRUTO_BASE_URL ?? 'https://api.truto.one').replace(/\/+$/, '');
	await checkToken(baseUrl, apiToken);
	return {
		baseUrl,
		apiToken,
		name: `the real Truto at ${baseUrl}`,
		isReal: true,
		close: () => Promise.resolve(),
	};
}

/** Sends the request that the credential's test sends. */
async function checkToken(baseUrl: string, apiToken: string): Promise<void> {
	const answer = await fetch(`${baseUrl}/sync-job-run?limit=1`, {
		headers: { Authorization: `Bearer ${apiToken}` },
		// It would take the token along.
		redirect: 'manual',
		signal: AbortSignal.timeout(30_000),
	}).catch((error: unknown) => {
		const { cause, message } = error as Error;
		const why = cause instanceof Error ? cause.message : message;
		throw new Error(`Truto can't be reached at ${baseUrl}: ${why}`);
	});
	if (answer.status === 401) {
		throw new Error(`Truto at ${baseUrl} does not accept the token in TRUTO_API_TOKEN (401).`);
	}
	const body = (await answer.json().catch(() => undefined)) as
		| { result?: unknown; results?: unknown }
		| undefined;
	if (!answer.ok || !Array.isArray(body?.result ?? body?.results)) {
		throw new Error(
			`${baseUrl} answered ${answer.status} without a list of sync job runs. ` +
				'Is TRUTO_BASE_URL right, and may the token read sync job runs?',
		);
	}
}
