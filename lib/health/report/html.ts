import { cutText, sentenceCase } from '../../text';
import type { HealthRow } from '../healthRow';
import { isUnhealthy } from '../verdict';
import type { ReportInput } from './report';
import { countsText, HEALTH_WORDS, headline, periodText, sinceText } from './words';

const MOST_ROWS = 100;

/** Of all rows. Gmail cuts off emails of more than 102 kB. */
const MOST_BYTES = 96_000;

// E-mail programs ignore style sheets, so every element has its own style.
const TEXT = 'font-family:Arial,Helvetica,sans-serif;font-size:14px;color:#1f2937';
const CELL = `${TEXT};padding:8px 10px;border-bottom:1px solid #e5e7eb`;
const HEAD = `${CELL};background:#f3f4f6;font-weight:bold`;

/** The report as a table for an email, which Gmail and Outlook show: inline styles, no images. */
export function reportHtml(input: ReportInput): string {
	const unhealthy = input.rows.filter(({ health }) => isUnhealthy(health));
	const shown = fitting(unhealthy.slice(0, MOST_ROWS).map((row) => tableRow(row, input)));
	const more = unhealthy.length - shown.length;
	const facts = [periodText(input), countsText(input)].filter(Boolean).join('; ');
	return [
		`<p style="${TEXT};font-size:18px;font-weight:bold">${escaped(headline(input))}</p>`,
		`<p style="${TEXT}">${escaped(sentenceCase(facts))}</p>`,
		shown.length === 0 ? '' : table(shown),
		more > 0 ? `<p style="${TEXT}">and ${more} more</p>` : '',
	].join('');
}

/** As many of the rows as an email has room for. */
function fitting(rows: string[]): string[] {
	const shown: string[] = [];
	let bytes = 0;
	for (const row of rows) {
		bytes += Buffer.byteLength(row);
		if (bytes > MOST_BYTES) break;
		shown.push(row);
	}
	return shown;
}

function table(rows: string[]): string {
	const head = ['Customer', 'Sync', 'Health', 'Since', 'What to do'];
	return [
		'<table cellpadding="0" cellspacing="0" style="border-collapse:collapse;width:100%">',
		`<tr align="left">${head.map((name) => `<th style="${HEAD}">${name}</th>`).join('')}</tr>`,
		...rows,
		'</table>',
	].join('');
}

function tableRow(row: HealthRow, input: ReportInput): string {
	return `<tr align="left" valign="top">${cells(row, input).map(cell).join('')}</tr>`;
}

function cells(row: HealthRow, input: ReportInput): string[] {
	return [
		cutText(row.tenant_id ?? '', 100),
		cutText(row.sync_job_label ?? row.integration_name ?? row.sync_job_id ?? '', 100),
		HEALTH_WORDS[row.health].replace(/^(is|has) /, ''),
		sinceText(row, input),
		cutText(row.next_step, 300),
	];
}

function cell(text: string): string {
	return `<td style="${CELL}">${escaped(text)}</td>`;
}

/** A name can't become a tag or end an attribute. */
function escaped(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}
