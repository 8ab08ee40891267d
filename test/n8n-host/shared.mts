import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { N8nApi } from './api.mts';
import { instanceOf, type N8nInstance, type N8nProcess } from './instance.mts';
import { startN8n } from './n8n.mts';
import { runFolder } from './run.mts';

/** The n8n that the test files of one of Jest's workers use one after the other. */
interface SharedN8n extends N8nProcess {
	session: string;
	hasEditor: boolean;
	/** Whether a test file uses it, or did so without giving it back. */
	isTaken: boolean;
}

const noteFile = () => join(runFolder(), `n8n-of-worker-${process.env.JEST_WORKER_ID ?? '1'}.json`);

function write(n8n: N8nInstance, hasEditor: boolean, isTaken: boolean): void {
	const { port, pid, userFolder, output, api } = n8n;
	const { session } = api;
	const note: SharedN8n = { port, pid, userFolder, output, session, hasEditor, isTaken };
	writeFileSync(noteFile(), JSON.stringify(note));
}

/**
 * An n8n with nothing in it, with its owner signed in: a start takes about ten seconds, so test files share
 * one. Its logs begin now. Give it back in the end.
 *
 * @param editor whether it must serve its editor
 */
export async function takeN8n(tarball: string, editor: boolean): Promise<N8nInstance> {
	const existing = await takeExisting(editor);
	if (existing) return existing;
	// The next test file may need it.
	const n8n = await startN8n({ tarball, editor: true, stays: true });
	await n8n.api.signIn();
	write(n8n, true, true);
	return n8n;
}

async function takeExisting(editor: boolean): Promise<N8nInstance | undefined> {
	if (!existsSync(noteFile())) return undefined;
	const note = readNote();
	const n8n = instanceOf(note, statSync(note.output).size);
	if (!note.isTaken && (!editor || note.hasEditor) && (await n8n.api.isReady())) {
		n8n.api.resume(note.session);
		write(n8n, note.hasEditor, true);
		return n8n;
	}
	await n8n.stop('SIGKILL');
	return undefined;
}

function readNote(): SharedN8n {
	return JSON.parse(readFileSync(noteFile(), 'utf8')) as SharedN8n;
}

/** Starts a shared n8n that has ended anew: with its data, at the same address, without its editor. */
export async function restartN8n(
	{ port, userFolder }: N8nProcess,
	tarball: string,
	env?: Record<string, string>,
): Promise<N8nInstance> {
	const known = { port, userFolder, isInstalled: true };
	const n8n = await startN8n({ ...known, tarball, env, stays: true });
	await n8n.api.signIn();
	write(n8n, false, true);
	return n8n;
}

/** Empties a shared n8n for the next test file. If it can't be emptied, the next file gets a new one. */
export async function giveBack(n8n: N8nInstance): Promise<void> {
	try {
		await empty(n8n.api);
		write(n8n, readNote().hasEditor, false);
	} catch (error) {
		console.log('The next test file gets a new n8n:', error);
		await n8n.stop('SIGKILL');
		rmSync(noteFile(), { force: true });
	}
}

/** Deactivates and deletes all workflows, with their executions, and all credentials. */
async function empty(api: N8nApi): Promise<void> {
	const workflows = await api.call<{ id: string; active: boolean }[]>('GET', '/workflows');
	for (const { id, active } of workflows) {
		if (active) await api.deactivate(id);
		await api.call('POST', `/workflows/${id}/archive`, {});
		await api.call('DELETE', `/workflows/${id}`);
	}
	const credentials = await api.call<{ id: string }[]>('GET', '/credentials');
	for (const { id } of credentials) await api.call('DELETE', `/credentials/${id}`);
}
