/** A text of a block. `mrkdwn` is Slack's markup. */
export interface BlockText {
	type: string;
	text: string;
	verbatim?: boolean;
}

/** Those parts of Block Kit that are checked here. */
export interface Block {
	type: string;
	text?: BlockText;
	fields?: BlockText[];
	elements?: BlockText[];
}

const MOST_BLOCKS = 50;
const MOST_FIELDS = 10;
const MOST_ELEMENTS = 10;
const LONGEST = { header: 150, section: 3_000, field: 2_000 };

/** What Slack would refuse, by its reference of blocks; undefined if it takes them. */
export function wrongBlock(blocks: unknown): string | undefined {
	if (!Array.isArray(blocks)) return 'blocks must be an array';
	if (blocks.length === 0 || blocks.length > MOST_BLOCKS) return 'wrong number of blocks';
	return (blocks as Block[]).map(wrongIn).find((wrong) => wrong !== undefined);
}

function wrongIn({ type, text, fields, elements }: Block): string | undefined {
	if (type === 'divider') return undefined;
	if (type === 'context') {
		if (!elements || elements.length === 0 || elements.length > MOST_ELEMENTS) return 'elements';
		return elements.map((element) => wrongText(element, LONGEST.section)).find(Boolean);
	}
	if (type === 'header') {
		return text?.type === 'plain_text' ? wrongText(text, LONGEST.header) : 'header';
	}
	if (type !== 'section') return `unknown block ${type}`;
	if (!text && !fields) return 'a section needs text or fields';
	if (fields && (fields.length === 0 || fields.length > MOST_FIELDS)) return 'fields';
	return [
		text && wrongText(text, LONGEST.section),
		...(fields ?? []).map((field) => wrongText(field, LONGEST.field)),
	].find(Boolean);
}

function wrongText({ type, text }: BlockText, longest: number): string | undefined {
	if (type !== 'mrkdwn' && type !== 'plain_text') return `unknown text ${type}`;
	if (typeof text !== 'string' || text === '') return 'a text is empty';
	return text.length > longest ? `a text is longer than ${String(longest)}` : undefined;
}

/** Links, mentions and commands that Slack makes of a text: `<…>`. `&lt;` is only a character. */
export function markupOf(blocks: Block[]): string[] {
	const texts = blocks.flatMap(({ text, fields, elements }) => [
		...(text ? [text] : []),
		...(fields ?? []),
		...(elements ?? []),
	]);
	return texts.flatMap(({ text }) => text.match(/<[^>]*>/g) ?? []);
}
