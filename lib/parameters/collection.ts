import type { INodeProperties } from 'n8n-workflow';

import { ExplainedError } from '../explainedError';
import { andList, compareTexts } from '../text';
import {
	propertiesOf,
	valuesOf,
	type Parameter,
	type Parameters,
	type ValuesOf,
} from './parameter';

/** The values of those entries of a collection that were added. */
export type AddedOf<E extends Parameters> = {
	[Name in keyof E]?: Exclude<ValuesOf<E>[Name], undefined>;
};

type Shown = INodeProperties & { type: 'collection' };

/** A collection whose entries have their defaults until they are added, such as *Options*. */
export function collection<E extends Parameters>(
	property: Shown,
	entries: E,
): Parameter<ValuesOf<E>> {
	const shown = withEntries(property, entries);
	return { properties: [shown], read: (reader) => valuesOf(entries, reader.in(shown)) };
}

/**
 * A switch in a collection. Whoever adds it wants it, so it is on when it is added, and off until then.
 *
 * @param property its default is what n8n shows when it is added
 */
export function addedSwitch(
	property: INodeProperties & { type: 'boolean'; default: true },
): Parameter<boolean> {
	return {
		properties: [property],
		read: (reader) =>
			reader.raw(property) !== undefined && reader.has(property) && reader.boolean(property),
	};
}

/**
 * A collection whose entries only count if they are added. An added entry that is empty is an error:
 * without a filter, everything would come through. An AI agent can't leave an entry out, so for its tool
 * an empty one counts as not added.
 *
 * @param advice what to do about an empty entry
 */
export function added<E extends Parameters>(
	property: Shown,
	entries: E,
	advice: string,
): Parameter<AddedOf<E>> {
	const shown = withEntries(property, entries);
	return {
		properties: [shown],
		read: (reader) => {
			const inside = reader.in(shown);
			const values: Record<string, unknown> = {};
			const empty: string[] = [];
			for (const [name, { properties, read }] of Object.entries(entries)) {
				const [property] = properties;
				if (!property || !inside.has(property)) continue;
				const value = inside.raw(property) === undefined ? undefined : read(inside);
				if (isEmpty(value)) empty.push(`'${property.displayName}'`);
				else values[name] = value;
			}
			if (empty.length > 0 && !reader.isTool) throw emptyError(empty, advice);
			return values as AddedOf<E>;
		},
	};
}

/** Which things an operation lists: those that match all filters. */
export function filters<E extends Parameters>(plural: string, entries: E): Parameter<AddedOf<E>> {
	return added(
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			description: `Which ${plural} to return: those that match all filters`,
		},
		entries,
		'Enter a value or remove the filter.',
	);
}

function withEntries(property: Shown, entries: Parameters): INodeProperties {
	const options = propertiesOf(entries).sort((a, b) => compareTexts(a.displayName, b.displayName));
	return { ...property, options };
}

function isEmpty(value: unknown): boolean {
	return value === undefined || (Array.isArray(value) && value.length === 0);
}

function emptyError(names: string[], advice: string): ExplainedError {
	return new ExplainedError(
		`${andList(names)} ${names.length > 1 ? 'are' : 'is'} empty`,
		`${advice} An expression may have returned nothing for this item.`,
	);
}
