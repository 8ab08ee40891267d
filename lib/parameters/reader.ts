import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { ExplainedError } from '../explainedError';
import { type Json } from '../json';
import type { Kind } from '../truto/kinds';
import { isBlank } from '../given';
import {
	readBoolean,
	readChoice,
	readChoices,
	readCollection,
	readJson,
	readList,
	readNumber,
	readText,
	readValue,
} from './read';
import { readDate } from './readDate';
import { readId, readOptionalId } from './readId';

/** How n8n hands out a parameter's value. */
export type GetParameter = (name: string, fallback: unknown) => unknown;

/** A drop-down's property; its values are those of its options. */
export type Choosable<Value extends string> = INodeProperties & {
	options: Array<INodePropertyOptions & { value: Value }>;
};

/** n8n's contexts throw if a parameter is absent, unless they get a fallback. */
const ABSENT = '(absent)';

/**
 * Reads parameters as their definitions say: name, default, bounds and choices come from the property
 * that the panel shows. All readers throw an {@link ExplainedError} if a value is not valid.
 */
export class ParameterReader {
	constructor(
		private readonly get: GetParameter,
		private readonly timeZone: string,
		/** Whether an AI agent fills the parameters in: it can't leave any out. */
		readonly isTool = false,
	) {}

	boolean(property: INodeProperties): boolean {
		return readBoolean(this.valueOf(property), property.displayName, property.default === true);
	}

	/** A whole number if the property shows no decimals (`numberPrecision` 0). */
	number(property: INodeProperties): number {
		const { minValue, maxValue, numberPrecision } = property.typeOptions ?? {};
		return readNumber(this.valueOf(property), property.displayName, Number(property.default), {
			min: minValue,
			max: maxValue,
			isInteger: numberPrecision === 0,
		});
	}

	text(property: INodeProperties): string | undefined {
		return readText(this.valueOf(property), property.displayName);
	}

	/** A text that must be given. */
	requiredText(property: INodeProperties): string {
		const text = this.text(property);
		if (text !== undefined) return text;
		throw emptyError(property);
	}

	choice<Value extends string>(property: Choosable<Value>): Value {
		const { displayName, default: fallback, options } = property;
		return readChoice(this.valueOf(property), displayName, fallback, options);
	}

	choices<Value extends string>(property: Choosable<Value>): Value[] {
		return readChoices(this.valueOf(property), property.displayName, property.options);
	}

	/** The texts in a list, or in a text with commas. */
	list(property: INodeProperties): string[] {
		return readList(this.valueOf(property), property.displayName);
	}

	/** The ISO text of the point in time, in UTC. */
	date(property: INodeProperties): string | undefined {
		return readDate(this.valueOf(property), property.displayName, this.timeZone);
	}

	json(property: INodeProperties): Json | undefined {
		return readJson(this.valueOf(property), property.displayName);
	}

	id(property: INodeProperties, kind: Kind): string {
		return readId(this.valueOf(property), kind);
	}

	optionalId(property: INodeProperties, kind: Kind): string | undefined {
		return readOptionalId(this.valueOf(property), kind);
	}

	/** Whether this entry was added to the collection, even if it is empty. */
	has({ name }: INodeProperties): boolean {
		return this.get(name, ABSENT) !== ABSENT;
	}

	/** Reads what is in a collection, such as *Options*. */
	in(collection: INodeProperties): ParameterReader {
		const entries = readCollection(this.valueOf(collection), collection.displayName);
		return new ParameterReader(
			(name, fallback) => (Object.hasOwn(entries, name) ? entries[name] : fallback),
			this.timeZone,
			this.isTool,
		);
	}

	/** Any value, as n8n gives it. */
	value(property: INodeProperties): unknown {
		return readValue(this.valueOf(property), property.displayName);
	}

	/** The value as n8n gives it, unchecked, for parameters of a type of their own, such as a resource mapper. */
	raw({ name, default: fallback }: INodeProperties): unknown {
		const value = this.get(name, fallback);
		return isBlank(value) ? undefined : value;
	}

	private valueOf({ name, default: fallback }: INodeProperties): unknown {
		return this.get(name, fallback);
	}
}

function emptyError({ displayName }: INodeProperties): ExplainedError {
	return new ExplainedError(
		`'${displayName}' is empty`,
		'Enter a value. An expression may have returned nothing for this item.',
	);
}
