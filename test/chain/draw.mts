import type { Cell, Grid } from './grid.mts';
import type { Block, BlockText } from './slack-blocks.mts';
import type { SlackMessage } from './slack.mts';

/** Draws what arrives at Slack, Google and a mail client, as HTML for a picture. */

const STYLE = `
	* { box-sizing: border-box; margin: 0 }
	body { background: #fff; color: #1d1c1d; font: 15px/1.46 'Liberation Sans', Arial, sans-serif }
	#picture { display: inline-block }
	.slack { display: flex; gap: 12px; padding: 18px 22px; width: 760px }
	.avatar { flex: none; width: 36px; height: 36px; border-radius: 6px; background: #ea4b71; color: #fff;
		font-weight: bold; text-align: center; line-height: 36px }
	.app { background: #e8e8e8; border-radius: 3px; color: #616061; font-size: 10px; padding: 1px 4px }
	.time, .context { color: #616061; font-size: 12px }
	.header { font-size: 18px; font-weight: bold; margin: 6px 0 }
	.section { margin: 6px 0 }
	.fields { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 20px; margin: 10px 0 }
	.quote { border-left: 4px solid #ddd; padding-left: 10px }
	hr { border: 0; border-top: 1px solid #ddd; margin: 10px 0 }
	table.sheet { border-collapse: collapse; font-size: 12px }
	.sheet td, .sheet th { border: 1px solid #e1e1e1; height: 22px; max-width: 190px; overflow: hidden;
		padding: 2px 6px; text-overflow: ellipsis; white-space: nowrap }
	.sheet th { background: #f8f9fa; color: #444; font-weight: normal; text-align: center }
	.sheet .number { text-align: right }
	.mail { padding: 18px 22px; width: 860px }
	.mail .subject { font-size: 20px; margin-bottom: 6px }
	.mail .from { border-bottom: 1px solid #ddd; color: #616061; font-size: 13px; margin-bottom: 14px; padding-bottom: 10px }
`;

function page(content: string): string {
	return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><div id="picture">${content}</div>`;
}

export function drawSlack({ text, blocks }: SlackMessage): string {
	const body = blocks
		? blocks.map(drawBlock).join('')
		: `<div class="section">${markup(text)}</div>`;
	return page(
		`<div class="slack"><div class="avatar">T</div><div><b>Truto reports</b> <span class="app">APP</span> <span class="time">8:00 AM</span>${body}</div></div>`,
	);
}

function drawBlock({ type, text, fields = [], elements = [] }: Block): string {
	const each = (parts: BlockText[], tag: string) =>
		parts.map((part) => `<${tag}>${drawText(part)}</${tag}>`).join('');
	if (type === 'divider') return '<hr>';
	if (type === 'header') return `<div class="header">${text ? escape(text.text) : ''}</div>`;
	if (type === 'context') return `<div class="context">${each(elements, 'span')}</div>`;
	const body = text ? `<div class="section">${drawText(text)}</div>` : '';
	return fields.length > 0 ? `${body}<div class="fields">${each(fields, 'div')}</div>` : body;
}

function drawText({ type, text }: BlockText): string {
	return type === 'mrkdwn' ? markup(text) : escape(text);
}

/** Slack's markup, as far as it is used here. The text is escaped already, as Slack asks for. */
function markup(text: string): string {
	return text
		.split('\n')
		.map((line) => {
			const bold = line
				.replace(/\*([^*]+)\*/g, '<b>$1</b>')
				.replace(/`([^`]+)`/g, '<code>$1</code>');
			return /^(>|&gt;)/.test(bold)
				? `<div class="quote">${bold.replace(/^(>|&gt;)\s*/, '')}</div>`
				: `${bold}<br>`;
		})
		.join('');
}

/** @param rows how many of the sheet, with the header */
export function drawSheet({ rows: all }: Grid, rows: number, columns: number): string {
	const letters = Array.from({ length: columns }, (_, index) => String.fromCharCode(65 + index));
	const head = `<tr><th></th>${letters.map((letter) => `<th>${letter}</th>`).join('')}</tr>`;
	const body = all.slice(0, rows).map((row, index) => {
		const cells = letters.map((_, column) => drawCell(row[column] ?? null));
		return `<tr><th>${String(index + 1)}</th>${cells.join('')}</tr>`;
	});
	return page(`<table class="sheet">${head}${body.join('')}</table>`);
}

function drawCell(cell: Cell): string {
	const text = cell === null ? '' : typeof cell === 'object' ? cell.formula : String(cell);
	return `<td class="${typeof cell === 'number' ? 'number' : ''}">${escape(text)}</td>`;
}

/** @param html of the mail's body */
export function drawMail(subject: string, html: string): string {
	return page(
		`<div class="mail"><div class="subject">${escape(subject)}</div><div class="from"><b>Truto reports</b> &lt;reports@example.com&gt;</div>${html}</div>`,
	);
}

function escape(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
