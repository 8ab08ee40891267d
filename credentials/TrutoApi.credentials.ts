import type {
	IAuthenticateRuleResponseCode,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { TRUTO_ADDRESS } from '../lib/address';
import { cleanToken } from '../lib/transport/access';

const WRONG_HOST = `This host answers, but it is not the API of Truto. Check the Base URL: it is ${TRUTO_ADDRESS} unless you were given another one.`;

/** As `lib/transport/trutoError.ts` says it, in one sentence: n8n has no place for more. */
const refusals = [
	{
		value: 401,
		message: 'Truto did not accept the API token. It may be mistyped, expired or deleted.',
	},
	{
		value: 403,
		message:
			"The API token isn't allowed to read sync job runs (403). Use a token whose permissions cover it.",
	},
	...[301, 302, 307, 308, 400, 404, 405, 410].map((value) => ({ value, message: WRONG_HOST })),
].map((properties) => ({ type: 'responseCode' as const, properties }));

/**
 * Recognizes a web page or an empty body where a list should be: n8n can look at a text's first
 * character and length.
 */
const notAList = [
	{ key: '0', value: '<' },
	{ key: 'length', value: 0 },
].map(({ key, value }) => ({
	type: 'responseSuccessBody' as const,
	properties: { key, value, message: WRONG_HOST },
}));

export class TrutoApi implements ICredentialType {
	name = 'trutoApi';

	displayName = 'Truto API';

	icon: Icon = { light: 'file:../icons/truto.svg', dark: 'file:../icons/truto.dark.svg' };

	documentationUrl = 'https://truto.one/docs/guides/api-tokens/creating-api-tokens';

	properties: INodeProperties[] = [
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The API token of one Truto environment',
			hint: 'In Truto, go to <b>Settings > API Tokens</b> and select <b>Create API Token</b>. Truto shows it once.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: TRUTO_ADDRESS,
			description:
				'The address of the Truto API. Use https://. With http://, anybody on the network can read the token.',
			hint: 'If the test shows ENOTFOUND, the address is mistyped or your n8n has no DNS entry for it. ECONNREFUSED: nothing answers there, or a firewall is in between. ERR_INVALID_URL: https:// is missing, or it is not a web address.',
		},
	];

	/**
	 * A function, because n8n would evaluate an expression in a sandbox for every request: a sixth of the
	 * time that a *Get* takes (see bench/).
	 */
	authenticate = async (
		{ apiToken }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => ({
		...request,
		headers: { ...request.headers, Authorization: `Bearer ${cleanToken(apiToken)}` },
	});

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}',
			url: '/sync-job-run',
			qs: { limit: 1 },
			// A redirect would send the token to another address.
			disableFollowRedirect: true,
		},
		// n8n accepts rules of both types in one list, but its TypeScript type allows only one.
		rules: [...refusals, ...notAList] as IAuthenticateRuleResponseCode[],
	};
}
