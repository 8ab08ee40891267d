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

/** What people choose in the editor before an example runs; what is left out stays unset. */
export interface ExampleChoices {
	truto: Credential;
	slack?: { credential: Credential; channel: string };
	/** The credential is a service account's: signing in with Google needs a person. */
	sheets?: { credential: Credential; spreadsheetId: string };
	openAi?: Credential;
	/** Parameters by file and node: the things of Truto that the examples are about. */
	parameters?: Record<string, Record<string, Record<string, unknown>>>;
}

const EXAMPLES = join(ROOT, 'examples');

/** The workflows of `examples/`. */
export function readExamples(choices: ExampleChoices): Example[] {
	return readWorkflows(EXAMPLES, choices);
}

/** The workflows of `examples/templates/`, which need Slack and Google Sheets. */
export function readTemplates(choices: ExampleChoices): Example[] {
	return readWorkflows(join(EXAMPLES, 'templates'), choices);
}

/** The workflows of both folders as they are in the files. */
export function readExampleFiles(): Example[] {
	return [...readFolder(EXAMPLES), ...readFolder(join(EXAMPLES, 'templates'))];
}

function readWorkflows(folder: string, choices: ExampleChoices): Example[] {
	return readFolder(folder).map(({ file, workflow }) => {
		const ofFile = choices.parameters?.[file] ?? {};
		const nodes = workflow.nodes.map((node) => {
			const parameters = { ...node.parameters, ...ofFile[node.name] };
			return withCredential({ ...node, parameters }, choices);
		});
		return { file, workflow: { ...workflow, nodes } };
	});
}

function readFolder(folder: string): Example[] {
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => {
			const workflow = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Workflow;
			return { file, workflow };
		});
}

function withCredential(node: WorkflowNode, choices: ExampleChoices): WorkflowNode {
	const { credentials = {}, ...rest } = node;
	const { truto, slack, sheets, openAi } = choices;
	if (credentials.trutoApi) return { ...rest, credentials: { trutoApi: truto } };
	if (credentials.openAiApi && openAi) return { ...rest, credentials: { openAiApi: openAi } };
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
}

function locator(mode: string, value: string) {
	return { __rl: true, mode, value };
}
