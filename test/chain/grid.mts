/** What a cell holds; null if it is empty. */
export type Cell = string | number | boolean | null | { formula: string };

export type ValueInputOption = 'RAW' | 'USER_ENTERED';

/** A range of whole rows, counted from 1; `last` is open if only a sheet is named. */
export interface Rows {
	first: number;
	last: number;
}

/** The cells of one sheet, without formats. */
export class Grid {
	readonly rows: Cell[][] = [];
	/** Google's new sheets have 1,000. */
	rowCount = 1000;

	/** Writes rows, as `values.update` does: null leaves a cell as it is, and an empty text empties it. */
	write(first: number, values: unknown[][], option: ValueInputOption): void {
		values.forEach((cells, down) => {
			const at = first - 1 + down;
			while (this.rows.length <= at) this.rows.push([]);
			const row = this.rows[at] ?? [];
			cells.forEach((value, column) => {
				while (row.length <= column) row.push(null);
				if (value === null) return;
				row[column] = value === '' ? null : toCell(value, option);
			});
		});
		// Seen with Google, not documented: rows that begin within the grid make it grow.
		this.rowCount = Math.max(this.rowCount, first - 1 + values.length);
	}

	/** What `values.get` answers: without the empty cells and rows at the end. */
	read({ first, last }: Rows): unknown[][] {
		const rows = this.rows.slice(first - 1, last).map((row) => {
			const filled = row.findLastIndex((cell) => cell !== null) + 1;
			return row.slice(0, filled).map(shown);
		});
		return rows.slice(0, rows.findLastIndex((row) => row.length > 0) + 1);
	}
}

/**
 * RAW: "will not be parsed and will be stored as-is". USER_ENTERED: "as if the user typed them into the UI".
 * `=1+2` is a formula then (documented). For `+`, `-` and `@` the docs are silent: here they are formulas
 * if they are no numbers, the worst that could be. Sheets' editor does so for `+A1`; doubtful for `-A1`
 * and `@A1`, which Excel takes for formulas.
 */
function toCell(value: unknown, option: ValueInputOption): Cell {
	if (typeof value === 'number' || typeof value === 'boolean') return value;
	const text = String(value);
	if (option === 'RAW') return text;
	if (text.startsWith("'")) return text.slice(1);
	if (text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
	return /^[=+\-@]/.test(text) ? { formula: text } : text;
}

function shown(cell: Cell): unknown {
	if (cell === null) return '';
	return typeof cell === 'object' ? '#NAME?' : cell;
}
