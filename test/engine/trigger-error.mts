import { expect } from '@jest/globals';

import { VALID_TOKEN, WRONG_TOKEN, type Simulator } from '../simulator/index.mts';
import { expectNoToken } from './harness.mts';

/** The error that a call of a trigger must end in. @throws if it tells a token or a webhook's secret */
export async function triggerError(
	simulator: Simulator,
	work: Promise<unknown>,
): Promise<{ message: string; description: string }> {
	const secrets = [...simulator.store.webhooks.values()].map(({ secret }) => secret);
	const error: unknown = await work.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	expect(error).toBeInstanceOf(Error);
	for (const secret of [...secrets, VALID_TOKEN, WRONG_TOKEN]) expectNoToken(error, secret);
	const { message, description } = error as Error & { description?: string };
	return { message, description: description ?? '' };
}
