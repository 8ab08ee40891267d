import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './paths.mts';
import type { Workflow, WorkflowNode } from './workflow.mts';

/** A workflow of `examples/`, ready to be run with a credential: people choose theirs in the editor. */
export interface Example {
	file: string;
	workflow: Workflow;
}

interface Credential {
	id: string;
	name: string;
}

/** What people choose in the editor before a template runs. */
export interface TemplateChoices {
	truto: Credential;
	slack?: { credential: Credential; channel: string };
	/** The credential is a service account's: signing in with Google needs a person. */
	sheets?: { credential: Credential; spreadsheetId: string };
}

export function readExamples(credential: Credential): Example[] {
	return readWorkflows(join(ROOT, 'examples'), (node) => {
		return node.credentials?.trutoApi ? { ...node, credentials: { trutoApi: credential } } : node;
	});
}

/** The workflows of `examples/templates/`, which need Slack and Google Sheets; those are unset without a choice. */
export function readTemplates({ truto, slack, sheets }: TemplateChoices): Example[] {
	return readWorkflows(join(ROOT, 'examples', 'templates'), (node): WorkflowNode => {
		const { credentials = {}, ...rest } = node;
		if (credentials.trutoApi) return { ...rest, credentials: { trutoApi: truto } };
		if (credentials.slackApi && slack) {
			const parameters = { ...node.parameters, channelId: locator('name', slack.channel) };
			return { ...rest, parameters, credentials: { slackApi: slack.credential } };
		}
		if (credentials.googleSheetsOAuth2Api && sheets) {
			const documentId = locator('id', sheets.spreadsheetId);
			const parameters = { ...node.parameters, authentication: 'serviceAccount', documentId };
			return { ...rest, parameters, credentials: { googleApi: sheets.credential } };
		}
		return rest;
	});
}

function readWorkflows(folder: string, fillIn: (node: WorkflowNode) => WorkflowNode): Example[] {
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => {
			const workflow = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Workflow;
			return { file, workflow: { ...workflow, nodes: workflow.nodes.map(fillIn) } };
		});
}

function locator(mode: string, value: string) {
	return { __rl: true, mode, value };
}
