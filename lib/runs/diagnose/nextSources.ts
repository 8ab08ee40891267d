import { syncJobName } from '../../truto/syncJob';
import type { Known, Source } from './known';
import { factsOf, type Facts } from './facts';
import { findingOf, type Finding } from './finding';

/** A source, and what to read it of. */
export interface Request {
	source: Source;
	/** The ID of the sync job (`job`), the run (`logs`), the account or the webhook (`deliveries`). */
	id: string;
}

/**
 * What to read next to be sure of the finding, so that no unnecessary requests are sent. Read them side by side,
 * add them with `withSource`, and ask again.
 *
 * @returns none if nothing more is needed, and `diagnose` can be called
 */
export function nextSources(known: Known): Request[] {
	const facts = factsOf(known);
	const { run, webhookId } = facts;
	const first: Request[] = [];
	if (known.job === undefined && run.syncJobId !== null && needsJob(facts)) {
		first.push({ source: 'job', id: run.syncJobId });
	}
	if (known.logs === undefined && run.id !== null && needsLogs(facts)) {
		first.push({ source: 'logs', id: run.id });
	}
	// What else is needed depends on these.
	if (first.length > 0) return first;
	const finding = findingOf(facts);
	const account = run.integratedAccountId;
	if (known.account === undefined && account !== null && needsAccount(finding)) {
		return [{ source: 'account', id: account }];
	}
	if (known.deliveries === undefined && webhookId !== null && needsDeliveries(facts, finding)) {
		return [{ source: 'deliveries', id: webhookId }];
	}
	return [];
}

/** The job has the label, and says which resources are sent on. */
function needsJob({ run, stage }: Facts): boolean {
	return syncJobName(run) === null || (stage === 'completed' && run.resources.length === 0);
}

/** Only the logs say why a run failed, whether records were delivered, and when a pause ends. */
function needsLogs({ stage }: Facts): boolean {
	return stage === 'failed' || stage === 'completed' || stage === 'paused';
}

function needsAccount({ verdict, cause }: Finding): boolean {
	if (verdict === 'nothing_fetched' && cause === null) return true;
	if (verdict === 'failed' && cause === 'unknown') return true;
	const isJudged = ['failed', 'nothing_fetched', 'records_dropped'].includes(verdict);
	return isJudged && (cause === 'auth' || cause === 'missing_scopes');
}

/** The run's own logs usually have the receiver's answer. If not, the deliveries of its webhook do. */
function needsDeliveries(facts: Facts, { cause }: Finding): boolean {
	if (cause !== 'delivery') return false;
	const byWebhook = facts.undelivered.filter((entry) => entry.webhookSuccessful === false);
	return byWebhook.length > 0 && byWebhook.every((entry) => entry.webhookStatus === null);
}
