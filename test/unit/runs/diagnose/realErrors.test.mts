import { describe, expect, it, test } from '@jest/globals';

import { HELD_OUT } from './errorTexts/heldOut.mts';
import { found, loggedForms } from './errorTexts/score.mts';
import { TUNED } from './errorTexts/tuned.mts';

describe('the cause of a real error', () => {
	test.each(TUNED.flatMap(loggedForms).map((logged) => [logged.name, logged] as const))(
		'%s',
		(_, logged) => {
			expect(found(logged)).toBe(logged.cause);
		},
	);

	it('is found in 77 of the 78 forms of texts that the rules were not written with', () => {
		const forms = HELD_OUT.flatMap(loggedForms);
		expect(forms).toHaveLength(78);
		const right = forms.filter((logged) => found(logged) === logged.cause);
		expect(right.length).toBeGreaterThanOrEqual(77);
	});
});
