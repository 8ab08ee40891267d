import { textOrNull } from '../../json';
import { accountId, syncJobId } from '../../truto/references';
import type { Known, Source } from './diagnosis';
import { factsOf, type Facts } from './facts';
import { findingOf, type Finding } from './finding';

/**
 * What to read next to be sure of the finding, so that no unnecessary requests are sent. Read it, put it
 * into `known` (null if it can't be read), and ask again.
 *
 * @returns null if nothing more is needed, and `diagnose` can be called
 */
export function nextSource(known: Known): Source | null {
	const facts = factsOf(known);
	if (known.job === undefined && needsJob(facts)) return 'job';
	if (known.logs === undefined && needsLogs(facts)) return 'logs';
	const finding = findingOf(facts);
	if (known.account === undefined && needsAccount(facts, finding)) return 'account';
	if (known.deliveries === undefined && needsDeliveries(facts, finding)) return 'deliveries';
	return null;
}

/** The job has the label, and says which resources are sent on. */
function needsJob({ run, label, stage }: Facts): boolean {
	if (syncJobId(run) === null) return false;
	if (label === null) return true;
	const hasResources = Array.isArray(run.resources) && run.resources.length > 0;
	return stage === 'completed' && !hasResources;
}

/** Only the logs say why a run failed, whether records were delivered, and when a pause ends. */
function needsLogs({ run, stage }: Facts): boolean {
	if (textOrNull(run.id) === null) return false;
	return stage === 'failed' || stage === 'completed' || stage === 'rate_limited';
}

function needsAccount({ run }: Facts, { verdict, cause }: Finding): boolean {
	if (accountId(run) === null) return false;
	if (verdict === 'nothing_fetched' && cause === null) return true;
	if (verdict === 'failed' && cause === 'unknown') return true;
	const isJudged = ['failed', 'nothing_fetched', 'records_dropped'].includes(verdict);
	return isJudged && (cause === 'auth' || cause === 'missing_scopes');
}

/** The run's own logs usually have the receiver's answer. If not, the deliveries of its webhook do. */
function needsDeliveries(facts: Facts, { cause }: Finding): boolean {
	if (cause !== 'delivery' || facts.webhookId === null) return false;
	const byWebhook = facts.undelivered.filter((entry) => entry.webhookSuccessful === false);
	return byWebhook.length > 0 && byWebhook.every((entry) => entry.webhookStatus === null);
}
