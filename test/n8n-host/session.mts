import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import axios, { type AxiosInstance } from 'axios';

/** The account that demo and tests log in with. */
export const OWNER = {
	email: 'demo@example.com',
	password: 'Truto-demo-1',
	firstName: 'Demo',
	lastName: 'Owner',
};

/** On a busy machine, n8n may answer nothing for longer than a minute while it works. */
const PATIENCE_MS = 180_000;

/** Signs in to n8n, and sends requests to its REST API as its own editor does (its routes are not documented). */
export class N8nSession {
	protected readonly http: AxiosInstance;

	constructor(url: string) {
		this.http = axios.create({
			baseURL: url,
			validateStatus: () => true,
			timeout: PATIENCE_MS,
			// n8n closes idle connections after 5 s, sometimes just as the next request is sent.
			httpAgent: new Agent({ keepAlive: false }),
		});
	}

	async isReady(): Promise<boolean> {
		// Who is signed in: nobody yet. While it starts, n8n answers everything with a text.
		const answer = await this.http.get('/rest/login').catch(() => undefined);
		return [200, 401].includes(answer?.status ?? 0) && typeof answer?.data === 'object';
	}

	/** Makes the owner account, or logs in if it exists. */
	async signIn(): Promise<void> {
		let answer = await this.http.post('/rest/owner/setup', OWNER);
		if (answer.status !== 200) {
			const login = { emailOrLdapLoginId: OWNER.email, password: OWNER.password };
			answer = await this.http.post('/rest/login', login);
		}
		const cookies = answer.headers['set-cookie'] ?? [];
		if (answer.status !== 200 || cookies.length === 0) throw refused('sign in', answer);
		this.http.defaults.headers.common.Cookie = cookies.map((c) => c.split(';')[0]).join('; ');
	}

	/** The session of `signIn`, which other processes can use with `resume`. */
	get session(): string {
		return String(this.http.defaults.headers.common.Cookie ?? '');
	}

	/** Goes on with a session: n8n lets nobody sign in more often than five times a minute. */
	resume(session: string): void {
		this.http.defaults.headers.common.Cookie = session;
	}

	/** Sends a request and returns `data` of n8n's answer. */
	async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await this.send<T>(method, path, body);
		if (answer.status >= 400) throw refused(`${method} ${path}`, answer);
		return answer.data.data;
	}

	protected async send<T>(method: string, path: string, body?: unknown) {
		const request = { method, url: `/rest${path}`, data: body };
		let answer = await this.http.request<{ data: T }>(request);
		// "Database is not ready": n8n says so of itself while much work keeps it from asking the database.
		const deadline = Date.now() + PATIENCE_MS;
		while (answer.status === 503 && Date.now() < deadline) {
			await delay(1_000);
			answer = await this.http.request<{ data: T }>(request);
		}
		return answer;
	}
}

export function refused(what: string, answer: { status: number; data: unknown }): Error {
	return new Error(`n8n refused to ${what} (${answer.status}): ${JSON.stringify(answer.data)}`);
}
