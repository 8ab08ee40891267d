import { ExplainedError } from '../explainedError';
import { isBlank, nonsenseIn, nonsenseText } from '../given';
import { isJsonRecord, type Json } from '../json';
import { quote } from '../text';
import { isExactNumber, parseJsonExactly } from './exactJson';

/**
 * Readers of parameters, one for each kind. Expressions and AI agents pass other types than n8n's fields
 * do. Anything unambiguous is accepted, and an error explains anything else.
 */

/**
 * A value of a parameter that takes any: what n8n gives.
 *
 * @returns undefined if nothing is given
 * @throws {ExplainedError} if a part of it makes no sense, such as an invalid date: see {@link
 * nonsenseIn}
 */
export function readValue(value: unknown, name: string): unknown {
	if (isBlank(value)) return undefined;
	const nonsense = nonsenseIn(value);
	if (nonsense === undefined) return value;
	throw new ExplainedError(`'${name}' is not valid: ${nonsense}`, MISSING_ADVICE);
}

const MISSING_ADVICE =
	'An expression may have returned nothing for this item. Check the fields that it uses.';

const TRUE = ['true', 'yes', 'on', '1'];
const FALSE = ['false', 'no', 'off', '0'];

/** @throws {ExplainedError} if the value can't be read as true or false */
export function readBoolean(value: unknown, name: string, fallback: boolean): boolean {
	if (isBlank(value)) return fallback;
	const text = String(value).trim().toLowerCase();
	if (TRUE.includes(text)) return true;
	if (FALSE.includes(text)) return false;
	throw unusable(name, value, 'Use true or false.');
}

/** The limits of a number. */
export interface NumberBounds {
	min?: number;
	max?: number;
	/** Decimal places are cut off. */
	isInteger?: boolean;
}

/** @throws {ExplainedError} if the value isn't a number within its limits */
export function readNumber(
	value: unknown,
	name: string,
	fallback: number,
	{ min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, isInteger }: NumberBounds = {},
): number {
	if (isBlank(value)) return fallback;
	const isText = typeof value === 'string' || typeof value === 'number';
	const given = isText ? Number(value) : Number.NaN;
	const number = isInteger ? Math.trunc(given) : given;
	if (Number.isFinite(number) && number >= min && number <= max) return number;
	const range = [
		Number.isFinite(min) ? `at least ${min}` : '',
		Number.isFinite(max) ? `at most ${max}` : '',
	].filter(Boolean);
	const of = range.length > 0 ? ` of ${range.join(' and ')}` : '';
	throw unusable(name, value, `Use a number${of}.`);
}

/** @returns undefined if nothing is given @throws {ExplainedError} for an object or a list */
export function readText(value: unknown, name: string): string | undefined {
	const given = readValue(value, name);
	if (given === undefined) return undefined;
	if (typeof given === 'object') throw unusable(name, given, 'Use text.');
	return String(given).trim();
}

/** One value of a drop-down and what people call it. */
export interface Choice<Value extends string = string> {
	name: string;
	value: Value;
}

/** @throws {ExplainedError} if the value isn't one of the choices */
export function readChoice<Value extends string>(
	value: unknown,
	name: string,
	fallback: unknown,
	choices: ReadonlyArray<Choice<Value>>,
): Value {
	return choiceOf(isBlank(value) ? fallback : value, name, choices);
}

/**
 * Several choices: a list, a JSON list, or a text with commas.
 *
 * @throws {ExplainedError} if one of them isn't one of the choices
 */
export function readChoices<Value extends string>(
	value: unknown,
	name: string,
	choices: ReadonlyArray<Choice<Value>>,
): Value[] {
	const given = listOf(value, name).filter((entry) => !isBlank(entry));
	return [...new Set(given.map((entry) => choiceOf(entry, name, choices)))];
}

/** Texts: a list, a JSON list, or a text with commas. @throws {ExplainedError} if one isn't a text */
export function readList(value: unknown, name: string): string[] {
	return listOf(value, name).flatMap((entry) => readText(entry, name) ?? []);
}

/** @throws {ExplainedError} if a list has an entry that an expression has nothing for */
function listOf(value: unknown, name: string): unknown[] {
	if (Array.isArray(value)) {
		if (value.includes(undefined)) throw unusable(name, value, MISSING_ADVICE);
		return value.flatMap((entry) => listOf(entry, name));
	}
	if (typeof value !== 'string') return [value];
	const list = parseJsonExactly(withoutFence(value));
	if (!Array.isArray(list)) return value.split(',');
	return list.map((entry) => (isExactNumber(entry) ? JSON.stringify(entry) : entry));
}

function choiceOf<Value extends string>(
	value: unknown,
	name: string,
	choices: ReadonlyArray<Choice<Value>>,
): Value {
	const text = String(value).trim().toLowerCase();
	const choice =
		choices.find((each) => each.value.toLowerCase() === text) ??
		choices.find((each) => each.name.toLowerCase() === text);
	// JavaScript writes an empty list as an empty text, which may be the value of a choice.
	if (choice && (text !== '' || typeof value === 'string')) return choice.value;
	const values = choices.map((each) => String(each.value)).filter(Boolean);
	throw unusable(name, value, `Use ${values.length > 1 ? 'one of ' : ''}${values.join(', ')}.`);
}

/**
 * JSON: a text, in which large numbers keep all their digits, or the value of an expression.
 *
 * @returns undefined if nothing is given
 * @throws {ExplainedError} if a text isn't JSON, and as {@link readValue}
 */
export function readJson(value: unknown, name: string): Json | undefined {
	const given = readValue(value, name);
	const json = typeof given === 'string' ? parseJsonExactly(withoutFence(given)) : given;
	if (json !== undefined || given === undefined) return readValue(json, name) as Json | undefined;
	throw unusable(name, value, 'It is not valid JSON.');
}

/** AI agents put JSON into a code fence, as in Markdown. */
function withoutFence(text: string): string {
	return /^\s*```(?:json)?[^\S\n]*\n(.*)```\s*$/is.exec(text)?.[1] ?? text;
}

/** The parameters in a collection, such as *Options*. @throws {ExplainedError} if it isn't one */
export function readCollection(value: unknown, name: string): Record<string, unknown> {
	if (isBlank(value)) return {};
	const given = typeof value === 'string' ? parseJsonExactly(withoutFence(value)) : value;
	if (isJsonRecord(given) && nonsenseText(given) === undefined) return given;
	throw unusable(name, value, 'Use an object.');
}

/** The error about a value that a parameter can't have. @param advice what to enter instead */
export function unusable(name: string, value: unknown, advice: string): ExplainedError {
	return new ExplainedError(`'${name}' is not valid: ${nonsenseIn(value) ?? quote(value)}`, advice);
}
