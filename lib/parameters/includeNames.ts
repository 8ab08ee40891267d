import { boolean, type Parameter } from './parameter';

const DESCRIPTION =
	"Whether to look up the customer and the sync job's label where Truto leaves them out. All items share the look-ups.";

const IF_OFF = `${DESCRIPTION} Off unless you add it, because it takes up to two more requests.`;

/**
 * *Include Names*, an entry under *Options*.
 *
 * @param isDefault whether names are included where nobody has added the option. For an AI agent they always
 * are: it can't know that they are missing.
 */
export function includeNames(isDefault: boolean): Parameter<boolean> {
	const property = {
		displayName: 'Include Names',
		name: 'includeNames',
		type: 'boolean',
		default: true,
		description: isDefault ? DESCRIPTION : IF_OFF,
	} as const;
	const { properties, read } = boolean(property);
	return {
		properties,
		read: (reader) => (reader.has(property) ? read(reader) : isDefault || reader.isTool),
	};
}
