import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';

import type { FastifyInstance } from 'fastify';

/** A Google service account with its private key, as n8n's credential wants it. */
export interface ServiceAccount {
	email: string;
	privateKey: string;
}

export const ACCESS_TOKEN = 'ya29.chain';

const SPREADSHEETS_SCOPE = 'https://www.googleapis.com/auth/spreadsheets';

export function createServiceAccount(): ServiceAccount {
	const { privateKey } = generateKeyPairSync('rsa', {
		modulusLength: 2048,
		privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
		publicKeyEncoding: { type: 'spki', format: 'pem' },
	});
	return { email: 'reports@chain.iam.gserviceaccount.com', privateKey };
}

/** `https://oauth2.googleapis.com/token`: gives an access token for a JWT that the account has signed. */
export function addTokenRoute(app: FastifyInstance, account: ServiceAccount): void {
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_request, body, done) => {
			done(null, Object.fromEntries(new URLSearchParams(String(body))));
		},
	);
	app.post<{ Body: Record<string, string> }>('/token', async (request, reply) => {
		const { grant_type: grant, assertion = '' } = request.body;
		const isGranted =
			grant === 'urn:ietf:params:oauth:grant-type:jwt-bearer' && isValid(assertion, account);
		if (!isGranted) return await reply.code(400).send({ error: 'invalid_grant' });
		return { access_token: ACCESS_TOKEN, expires_in: 3599, token_type: 'Bearer' };
	});
}

function isValid(assertion: string, { email, privateKey }: ServiceAccount): boolean {
	const [header = '', payload = '', signature = ''] = assertion.split('.');
	const signed = Buffer.from(`${header}.${payload}`);
	const key = createPublicKey(privateKey);
	if (!verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))) return false;
	const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<
		string,
		unknown
	>;
	return (
		claims.iss === email &&
		claims.aud === 'https://oauth2.googleapis.com/token' &&
		String(claims.scope).split(' ').includes(SPREADSHEETS_SCOPE) &&
		Number(claims.exp) > Date.now() / 1000
	);
}
