import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';

import { ExplainedError } from '../../../lib/explainedError';
import { readId, readOptionalId } from '../../../lib/parameters/readId';
import { pathOf, SYNC_JOB, SYNC_JOB_RUN } from '../../../lib/truto/kinds';
import { explainedErrorOf } from '../helpers/explained.mts';
import { anyCharacter } from '../helpers/anyCharacter.mts';

const RUN = '3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64';
const OTHER = '0d9f7c1e-2b1a-4a57-8d33-7a4b2f0c9e11';

const parse = (value: unknown) => readId(value, SYNC_JOB_RUN);
const byUrl = (url: unknown) => parse({ __rl: true, mode: 'url', value: url });

describe('an id', () => {
	test.each([
		['a plain text', RUN],
		['a locator by id', { __rl: true, mode: 'id', value: RUN }],
		['a locator from the list', { __rl: true, mode: 'list', value: RUN, cachedResultName: 'x' }],
		['a locator without a mode', { value: RUN }],
		['a text with white space around it', ` \t${RUN}\n`],
		['a locator with white space around its value', { mode: 'id', value: `\u00a0${RUN} ` }],
	])('is read from %s', (_, value) => {
		expect(parse(value)).toBe(RUN);
	});

	it('may be a number', () => {
		expect(parse(42)).toBe('42');
		expect(parse({ mode: 'id', value: 0 })).toBe('0');
	});

	test.each([
		`"${RUN}"`,
		`'${RUN}'`,
		`\`${RUN}\``,
		` "${RUN}" `,
		`"https://app.truto.one/sync-job-runs/${RUN}"`,
	])('may stand in quotes, as AI agents write it: %s', (id) => {
		expect(parse(id)).toBe(RUN);
		expect(parse({ mode: 'id', value: id })).toBe(RUN);
	});

	test.each([
		[''],
		['  \n '],
		['""'],
		["' '"],
		[undefined],
		[null],
		[{ mode: 'id', value: '' }],
		[{ mode: 'url', value: '  ' }],
		[{ mode: 'list', value: null }],
		[{ mode: 'id' }],
		[{}],
	])('is reported as missing: %j', (value) => {
		const error = explainedErrorOf(() => parse(value));
		expect(error.message).toBe('No sync job run selected');
		expect(error.description).toContain('Choose the sync job run');
	});

	test.each([
		'../api-token',
		'a/b',
		'/a',
		'a/',
		'a\\b',
		'a?b=1',
		'?',
		'a#b',
		'#',
		'.',
		'..',
		'a b',
		'a\tb',
		'a\nb',
		'a\u0000b',
		'a\u007fb',
		'a\u0085b',
		'a\u2028b',
	])('is refused if it is no single path segment: %j', (id) => {
		for (const value of [id, { mode: 'id', value: id }, { mode: 'list', value: id }]) {
			const error = explainedErrorOf(() => parse(value));
			expect(error.message).toContain('not the ID of a sync job run');
			expect(error.description).toContain('or a URL that contains it');
		}
	});

	test.each([[{ a: 1 }], [[RUN]]])('is refused unless it is text: %j', (value) => {
		expect(explainedErrorOf(() => parse({ value })).message).toContain('not the ID');
	});

	it('has up to 200 characters', () => {
		expect(parse('x'.repeat(200))).toBe('x'.repeat(200));
		expect(explainedErrorOf(() => parse('x'.repeat(201))).message).toContain('not the ID');
	});

	it('is refused if it holds half a character, which no URL can', () => {
		expect(explainedErrorOf(() => parse('a\ud800b')).message).toContain('not the ID');
	});
});

describe('nothing', () => {
	test.each([
		['undefined'],
		['null'],
		['None'],
		[' NaN '],
		[''],
		[undefined],
		[null],
		[{ mode: 'id', value: 'undefined' }],
		[{ mode: 'url', value: null }],
	])('is what %j is', (value) => {
		expect(explainedErrorOf(() => parse(value)).message).toBe('No sync job run selected');
	});

	test.each([[''], ['""'], [undefined], [null], [{ mode: 'url', value: null }]])(
		'may be given for an optional id: %j',
		(value) => {
			expect(readOptionalId(value, SYNC_JOB_RUN)).toBeUndefined();
		},
	);

	test.each([['undefined'], ['null'], ['None'], [' NaN '], [{ mode: 'id', value: 'undefined' }]])(
		'is not what %j means for an optional id',
		(value) => {
			expect(explainedErrorOf(() => readOptionalId(value, SYNC_JOB_RUN)).message).toMatch(
				/^This is not the ID of a sync job run: /,
			);
		},
	);
});

describe('an id from a URL', () => {
	it('needs no mode of its own', () => {
		expect(parse(`https://api.truto.one/sync-job-run/${RUN}`)).toBe(RUN);
		expect(parse({ mode: 'id', value: `/sync-job-run/${RUN}` })).toBe(RUN);
	});

	test.each([
		[`https://api.truto.one/sync-job-run/${RUN}`],
		[`https://api.truto.one/sync-job-run/${RUN}/`],
		[`https://api.truto.one/sync-job-run/${RUN}?truto=1#top`],
		[`https://app.truto.one/sync-job-runs/${RUN}/logs`],
		[`https://app.truto.one/environments/${OTHER}/sync-job-runs/${RUN}`],
		[`https://app.truto.one/sync-job-runs/${RUN}/accounts/${OTHER}`],
		[`https://app.truto.one/Sync-Job-Runs/${RUN}/accounts/${OTHER}`],
		[`https://app.truto.one/a/${OTHER}/b/${RUN}`],
		[`https://app.truto.one/?run=${RUN}`],
		[`/sync-job-run/${RUN}`],
		[`sync-job-run/${RUN}`],
		[RUN],
		[`  ${RUN}\n`],
	])('is found in %s', (url) => {
		expect(byUrl(url)).toBe(RUN);
	});

	it('is in lower case, as Truto spells it', () => {
		expect(byUrl(`https://api.truto.one/SYNC-JOB-RUN/${RUN.toUpperCase()}`)).toBe(RUN);
		expect(parse(RUN.toUpperCase())).toBe(RUN);
	});

	it('keeps its letter case if it is not a UUID', () => {
		expect(parse('Run-1')).toBe('Run-1');
		expect(parse(`X${RUN.toUpperCase()}`)).toBe(`X${RUN.toUpperCase()}`);
	});

	it('is not that of another collection whose name begins alike', () => {
		const url = `https://app.truto.one/sync-job/${OTHER}/sync-job-run/${RUN}`;
		expect(readId({ mode: 'url', value: url }, SYNC_JOB)).toBe(OTHER);
		expect(byUrl(url)).toBe(RUN);
	});

	test.each([
		'https://api.truto.one/sync-job-run',
		'https://api.truto.one/sync-job-run/42',
		'https://api.truto.one/sync-job-run/3f0c8a52-6f3e-4b7f-9a57',
		'../api-token',
	])('is reported as missing: %s', (url) => {
		const error = explainedErrorOf(() => byUrl(url));
		expect(error.message).toBe(`This is not the ID of a sync job run: ${url}`);
		expect(error.description).toContain('3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64');
	});
});

describe('the path of one thing', () => {
	test.each([
		[RUN, `/sync-job-run/${RUN}`],
		['42', '/sync-job-run/42'],
		['a:b@c;d', '/sync-job-run/a%3Ab%40c%3Bd'],
		['%2e%2e', '/sync-job-run/%252e%252e'],
		['%2E%2E%2Fapi-token', '/sync-job-run/%252E%252E%252Fapi-token'],
		['..%2f', '/sync-job-run/..%252f'],
		['...', '/sync-job-run/...'],
		['é🦊', '/sync-job-run/%C3%A9%F0%9F%A6%8A'],
	])('holds the id %s encoded', (id, path) => {
		expect(pathOf(SYNC_JOB_RUN, id)).toBe(path);
	});

	it('never leaves its place, whatever the id is', () => {
		const dots = fc.stringMatching(/^([.%/\\?#]|%2[eEfF]|%5c|[a-z])*$/);
		const anyText = fc.oneof(dots, fc.string({ unit: anyCharacter }), fc.string());
		fc.assert(
			fc.property(anyText, fc.constantFrom('id', 'url', 'list'), (value, mode) => {
				let id: string;
				try {
					id = parse({ mode, value });
				} catch (error) {
					expect(error).toBeInstanceOf(ExplainedError);
					return;
				}
				const url = new URL(`https://api.truto.one/v1${pathOf(SYNC_JOB_RUN, id)}`);
				expect(url.origin).toBe('https://api.truto.one');
				expect(url.search + url.hash).toBe('');
				const [, version, collection, segment, ...more] = url.pathname.split('/');
				expect([version, collection, more]).toEqual(['v1', 'sync-job-run', []]);
				expect(decodeURIComponent(segment ?? '')).toBe(id);
			}),
			{ numRuns: 400 },
		);
	});
});
