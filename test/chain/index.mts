import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ExampleChoices } from '../n8n-host/examples.mts';
import { installHost } from '../n8n-host/install.mts';
import { startN8n, type N8nInstance } from '../n8n-host/n8n.mts';
import { packPackage } from '../n8n-host/pack.mts';
import {
	createCertificate,
	startSimulator,
	VALID_TOKEN,
	type Simulator,
} from '../simulator/index.mts';
import { startOpenAi, type OpenAi } from './openai.mts';
import { startProxy, type Proxy } from './proxy.mts';
import { startSheets, type Sheets } from './sheets.mts';
import { startSlack, type Slack } from './slack.mts';

/**
 * A real n8n that finds Truto, Slack and Google at their real addresses: a proxy leads it to servers on this
 * machine. Its own nodes are as they are, and so is Truto's default base URL.
 */
export interface Chain {
	n8n: N8nInstance;
	simulator: Simulator;
	slack: Slack;
	sheets: Sheets;
	openAi: OpenAi;
	proxy: Proxy;
	/** Credentials, channel and spreadsheet for `readTemplates`. */
	choices: ExampleChoices;
	close(): Promise<void>;
}

const HOSTS = {
	truto: 'api.truto.one',
	slack: 'slack.com',
	openAi: 'api.openai.com',
	sheets: 'sheets.googleapis.com',
	googleTokens: 'oauth2.googleapis.com',
};

export const CHANNEL = '#syncs';

/** Where Truto would find n8n. */
export const PUBLIC_URL = 'https://n8n.example.com';

/** @param script what the AI model does, see `startOpenAi` */
export async function startChain(
	script: Parameters<typeof startOpenAi>[1] = () => ({ answer: 'I do not know.' }),
): Promise<Chain> {
	await installHost();
	const { tarball } = packPackage();
	const https = createCertificate(Object.values(HOSTS));
	const simulator = await startSimulator({ https, seed: false });
	const slack = await startSlack(https);
	const sheets = await startSheets(https);
	const openAi = await startOpenAi(https, script);
	const proxy = await startProxy({
		[HOSTS.truto]: simulator.port,
		[HOSTS.slack]: slack.port,
		[HOSTS.openAi]: openAi.port,
		[HOSTS.sheets]: sheets.port,
		[HOSTS.googleTokens]: sheets.port,
	});
	const env = proxyEnvironment(proxy.url, https.cert);
	const n8n = await startN8n({ tarball, env, editor: true });
	await n8n.api.signIn();
	return {
		...{ n8n, simulator, slack, sheets, openAi, proxy },
		choices: await createCredentials(n8n, { slack, sheets, openAi }),
		close: async () => {
			await n8n.stop();
			await proxy.close();
			await Promise.all([sheets.close(), slack.close(), openAi.close(), simulator.close()]);
		},
	};
}

function proxyEnvironment(url: string, cert: string): Record<string, string> {
	const certificateFile = join(mkdtempSync(join(tmpdir(), 'chain-')), 'certificate.pem');
	writeFileSync(certificateFile, cert);
	return {
		HTTPS_PROXY: url,
		HTTP_PROXY: url,
		// n8n talks to its own task runner.
		NO_PROXY: '127.0.0.1,localhost',
		NODE_EXTRA_CA_CERTS: certificateFile,
		WEBHOOK_URL: PUBLIC_URL,
	};
}

async function createCredentials(
	{ api }: N8nInstance,
	{ slack, sheets, openAi }: Pick<Chain, 'slack' | 'sheets' | 'openAi'>,
): Promise<ExampleChoices> {
	// Without a base URL: n8n takes the default.
	const truto = await api.createCredential('Truto', 'trutoApi', { apiToken: VALID_TOKEN });
	const token = { accessToken: slack.token };
	const { email, privateKey } = sheets.account;
	const account = { email, privateKey };
	return {
		truto: { id: truto.id, name: truto.name },
		slack: { credential: await api.createCredential('Slack', 'slackApi', token), channel: CHANNEL },
		sheets: {
			credential: await api.createCredential('Google', 'googleApi', account),
			spreadsheetId: sheets.spreadsheetId,
		},
		openAi: await api.createCredential('OpenAI', 'openAiApi', { apiKey: openAi.apiKey }),
	};
}
