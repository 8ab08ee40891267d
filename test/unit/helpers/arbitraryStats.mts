import fc from 'fast-check';

import type { Json, JsonRecord } from '../../../lib/json';

/** Names that are likely to do harm, to collide, or to be met again in the next object. */
const TELLING_NAMES = [
	'__proto__',
	'constructor',
	'toString',
	'hasOwnProperty',
	'resource',
	'methods',
	'method',
	'status',
	'resource_stats',
	'stat_resource',
	'stat_stat_resource',
	'stat___proto__',
	'count',
	'fetched',
	'persisted',
	'crm/contacts',
	'a.b c',
	'',
	'7',
];

const name = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom(...TELLING_NAMES) },
	{ weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
);

/** The text of a JSON object: written by hand, as an object literal can't hold a key `__proto__`. */
function objectText(value: fc.Arbitrary<string>, maxLength = 4): fc.Arbitrary<string> {
	return fc
		.array(fc.tuple(name, value), { maxLength })
		.map((entries) => `{${entries.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join()}}`);
}

const scalarText = fc.oneof(
	fc.constantFrom('null', 'true', 'false', '0', '-0', '1e999', '1.5e-7', '""'),
	fc.integer().map(String),
	fc.string().map((text) => JSON.stringify(text)),
);

const { value: anyText } = fc.letrec<{ value: string }>((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		scalarText,
		objectText(tie('value')),
		fc.array(tie('value'), { maxLength: 3 }).map((texts) => `[${texts.join()}]`),
	),
}));

const parsed = (text: string) => JSON.parse(text) as Json;

/** Anything that may stand in JSON. */
export const anyJson = anyText.map(parsed);

/** An object of three levels, most of them counters of methods of resources, with anything in between. */
export const anyStats = objectText(
	fc.oneof(
		{ weight: 5, arbitrary: objectText(fc.oneof(objectText(scalarText), anyText)) },
		{ weight: 1, arbitrary: anyText },
	),
).map((text) => parsed(text) as JsonRecord);

/** Statistics as documented: every counter is a whole number, so that sums are exact. */
export const numericStats = objectText(
	objectText(objectText(fc.integer({ min: -1e9, max: 1e9 }).map(String))),
).map((text) => parsed(text) as JsonRecord);
