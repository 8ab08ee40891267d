// A rule for markdownlint: a blank line within a table ends it, and the rows behind are then shown as text.
/** @type {import('markdownlint').Rule} */
export default {
	names: ['no-rows-outside-tables'],
	description: 'Rows of a table must follow its head without a blank line',
	tags: ['table'],
	parser: 'markdownit',
	function: ({ parsers }, onError) => {
		const paragraphs = parsers.markdownit.tokens.filter(({ type }) => type === 'paragraph_open');
		for (const { lineNumber, line } of paragraphs) {
			if (line.startsWith('|')) onError({ lineNumber, context: line });
		}
	},
};
