/** Where the environment of `one-context.mts` has its function that loads packages. */
export const LOAD = Symbol.for('n8n-nodes-truto: load a package');

/** Makes of a package's file one that Node.js loads, past Jest. */
export default {
	process: () => ({
		code: `module.exports = globalThis[Symbol.for('${String(LOAD.description)}')](__filename);`,
	}),
};
