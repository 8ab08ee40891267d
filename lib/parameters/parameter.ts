import type { INodeProperties } from 'n8n-workflow';

import type { Json } from '../json';
import { pathTo, type Kind } from '../truto/kinds';
import type { Choosable, ParameterReader } from './reader';

/**
 * A parameter: what the panel shows, how its value is read, and with that the type of its value. All
 * `read` functions throw an `ExplainedError` if the value is not valid.
 */
export interface Parameter<T> {
	/** One, or several that say one thing together. */
	properties: INodeProperties[];
	read: (reader: ParameterReader) => T;
}

/** Parameters by the names that the code uses for their values. */
export type Parameters = Record<string, Parameter<unknown>>;

/** The values of {@link Parameters}. */
export type ValuesOf<P extends Parameters> = {
	[Name in keyof P]: P[Name] extends Parameter<infer T> ? T : never;
};

/** What the panel shows for parameters, in their order. */
export function propertiesOf(parameters: Parameters): INodeProperties[] {
	return Object.values(parameters).flatMap(({ properties }) => properties);
}

/** Reads the values of parameters. */
export function valuesOf<P extends Parameters>(
	parameters: P,
	reader: ParameterReader,
): ValuesOf<P> {
	const entries = Object.entries(parameters).map(([name, { read }]) => [name, read(reader)]);
	return Object.fromEntries(entries) as ValuesOf<P>;
}

type Of<Type extends INodeProperties['type']> = INodeProperties & { type: Type };

/** A switch. */
export function boolean(property: Of<'boolean'>): Parameter<boolean> {
	return { properties: [property], read: (reader) => reader.boolean(property) };
}

/** A number within the bounds that the property has. */
export function number(property: Of<'number'>): Parameter<number> {
	return { properties: [property], read: (reader) => reader.number(property) };
}

/** A text; undefined if nothing is given. */
export function text(property: Of<'string'>): Parameter<string | undefined> {
	return { properties: [property], read: (reader) => reader.text(property) };
}

/** A text that must be given. */
export function requiredText(property: Of<'string'>): Parameter<string> {
	return { properties: [property], read: (reader) => reader.requiredText(property) };
}

/** Texts, separated by commas. */
export function texts(property: Of<'string'>): Parameter<string[]> {
	return { properties: [property], read: (reader) => reader.list(property) };
}

/** A point in time, as the ISO text in UTC. */
export function date(property: Of<'dateTime'>): Parameter<string | undefined> {
	return { properties: [property], read: (reader) => reader.date(property) };
}

/** JSON, as a text or as the value of an expression; undefined if nothing is given. */
export function json(property: Of<'json'>): Parameter<Json | undefined> {
	return { properties: [property], read: (reader) => reader.json(property) };
}

/** One of the values of a drop-down. */
export function choice<const Value extends string>(
	property: Of<'options'> & Choosable<Value>,
): Parameter<Value> {
	return { properties: [property], read: (reader) => reader.choice(property) };
}

/** Some of the values of a drop-down. */
export function choices<const Value extends string>(
	property: Of<'multiOptions'> & Choosable<Value>,
): Parameter<Value[]> {
	return { properties: [property], read: (reader) => reader.choices(property) };
}

/** The id of a thing that must be given, and the thing's path for a declared request. */
export function id(
	property: Of<'resourceLocator'>,
	kind: Kind,
): Parameter<string> & { path: string } {
	const read = (reader: ParameterReader) => reader.id(property, kind);
	return { properties: [property], read, path: pathTo(kind, property.name) };
}

/** The id of a thing; undefined if nothing is given. */
export function optionalId(
	property: Of<'resourceLocator'>,
	kind: Kind,
): Parameter<string | undefined> {
	return { properties: [property], read: (reader) => reader.optionalId(property, kind) };
}

/** The same parameter, shown only if other parameters have certain values. */
export function shownIf<T>(
	parameter: Parameter<T>,
	show: Record<string, Array<string | boolean>>,
): Parameter<T> {
	const properties = parameter.properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			// The order matters: if a parameter is an expression, n8n shows everything that depends on it.
			show: { ...property.displayOptions?.show, ...show },
		},
	}));
	return { ...parameter, properties };
}
