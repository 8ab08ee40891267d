import './environment.mts';

import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import type { IWorkflowBase, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import type { TestCredentialsHelper } from './credentials-helper.mts';

let executions = 0;

/** What n8n's server gives an execution, with an execution id of its own; what needs the server rejects. */
export function additionalDataFor(
	workflow: IWorkflowBase,
	credentialsHelper: TestCredentialsHelper,
): IWorkflowExecuteAdditionalData {
	executions++;
	const executionId = `execution-${String(executions)}`;
	const needsServer = async () => {
		await Promise.resolve();
		throw new Error('Only a whole n8n has this');
	};
	const url = 'http://n8n.invalid/';
	return {
		credentialsHelper,
		hooks: new ExecutionLifecycleHooks('manual', executionId, workflow),
		externalSecretsProxy: new ExternalSecretsProxy(),
		executionId,
		currentNodeExecutionIndex: 0,
		variables: {},
		executeWorkflow: needsServer,
		getRunExecutionData: needsServer,
		getRuntimeCredential: needsServer,
		startRunnerTask: needsServer,
		logAiEvent: () => undefined,
		restApiUrl: url,
		instanceBaseUrl: url,
		formBaseUrl: url,
		formWaitingBaseUrl: url,
		formTestBaseUrl: url,
		webhookBaseUrl: url,
		webhookWaitingBaseUrl: url,
		webhookTestBaseUrl: url,
		mcpBaseUrl: url,
		mcpTestBaseUrl: url,
	};
}
