import './environment.mts';

import { ICredentialsHelper } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsExpressionResolveValues,
	IExecuteData,
	IHttpRequestOptions,
	INodeCredentialsDetails,
	INodeProperties,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { TrutoApi } from '../../../credentials/TrutoApi.credentials';

const credentialType = new TrutoApi();

/** The data of the one credential that a test's nodes have. */
export interface TrutoCredential extends ICredentialDataDecryptedObject {
	apiToken: string;
	baseUrl: string;
}

/** Parts of a credential, with those that n8n adds to each. */
export interface CredentialParts {
	apiToken?: string;
	baseUrl?: string;
	allowedHttpRequestDomains?: 'all' | 'domains' | 'none';
	allowedDomains?: string;
}

/**
 * n8n's credentials helper (packages/cli), without its database: the credential comes from the test,
 * authentication is done by what the real credential class declares.
 */
export class TestCredentialsHelper extends ICredentialsHelper {
	/** How many times a credential was decrypted. */
	decrypted = 0;

	private readonly credentialOf: (itemIndex: number) => TrutoCredential;

	/** @param credentialOf as expressions in a credential resolve for an item; may throw, as a look-up may */
	constructor(credentialOf: (itemIndex: number) => TrutoCredential) {
		super();
		this.credentialOf = credentialOf;
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	override async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_node: INodeCredentialsDetails,
		type: string,
		_mode: WorkflowExecuteMode,
		_executeData?: IExecuteData,
		_raw?: boolean,
		values?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		if (type !== credentialType.name) throw new Error(`There is no credential type ${type}`);
		this.decrypted++;
		await Promise.resolve();
		return { ...this.credentialOf(values?.itemIndex ?? 0) };
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_type: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return await credentialType.authenticate(credentials, options);
	}

	async preAuthentication(): Promise<undefined> {
		// Only for credential types with an expirable property.
		await Promise.resolve();
	}

	async runPreAuthentication(): Promise<undefined> {
		await Promise.resolve();
	}

	getCredentialsProperties(): INodeProperties[] {
		return credentialType.properties;
	}

	async getCredentials(): Promise<ICredentials> {
		return await Promise.reject(new Error('There is no database here'));
	}

	async updateCredentials(): Promise<void> {
		await Promise.reject(new Error('There is no database here'));
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		await Promise.reject(new Error('There is no database here'));
	}
}
