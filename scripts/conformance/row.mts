/** One line of the report. */
export interface Row {
	/** Such as `D1`: the numbers of docs/truto.md. */
	doubt: string;
	/** What is in doubt. */
	what: string;
	/** The forms that Truto showed; empty if none was seen. */
	forms: string[];
	/** Why nothing was seen. */
	why?: string;
}

/** More are no forms of one thing. */
const MOST_FORMS = 8;

/** A line with the forms that were seen, each once. */
export function row(doubt: string, what: string, forms: string[], why: string): Row {
	const seen = [...new Set(forms)].slice(0, MOST_FORMS);
	return seen.length > 0 ? { doubt, what, forms: seen } : { doubt, what, forms: [], why };
}

/** The report as a table for people, to be pasted into an issue. It holds no data of a customer. */
export function reportText(rows: Row[], requests: number): string {
	const lines = rows.map(({ doubt, what, forms, why = '' }) =>
		[doubt.padEnd(4), what.padEnd(26), forms.length > 0 ? forms.join('; ') : `not seen: ${why}`]
			.join(' ')
			.trimEnd(),
	);
	return [
		'Which form of each doubt (docs/truto.md) this Truto showed:',
		'',
		...lines,
		'',
		`${String(requests)} requests, all of them GET.`,
	].join('\n');
}
