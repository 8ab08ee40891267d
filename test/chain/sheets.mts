import type { AddressInfo } from 'node:net';

import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';

import {
	ACCESS_TOKEN,
	addTokenRoute,
	createServiceAccount,
	type ServiceAccount,
} from './google.mts';
import { Grid, type Rows, type ValueInputOption } from './grid.mts';

/** What stands for `https://sheets.googleapis.com` and `https://oauth2.googleapis.com`. */
export interface Sheets {
	port: number;
	account: ServiceAccount;
	spreadsheetId: string;
	/** The one sheet of the spreadsheet, `Sheet1`. */
	grid: Grid;
	/** The ranges that were written. */
	written: string[];
	/** Empties the sheet. */
	reset(): void;
	close(): Promise<void>;
}

interface Params {
	id: string;
	/** A range, or `{range}:append`. */
	range: string;
}

interface Writing {
	Params: Params;
	Querystring: { valueInputOption?: ValueInputOption };
	Body: { values: unknown[][] };
}

const SHEET = { sheetId: 0, title: 'Sheet1', index: 0, sheetType: 'GRID' };
const SPREADSHEET_ID = '1ChainChainChainChainChainChainChainChainChn';

/** Answers those requests of the Google Sheets API v4 that n8n's node sends, as Google's docs say. */
export async function startSheets(https: { key: string; cert: string }): Promise<Sheets> {
	const account = createServiceAccount();
	const app = fastify({ https, forceCloseConnections: true });
	const sheets: Sheets = {
		port: 0,
		account,
		spreadsheetId: SPREADSHEET_ID,
		grid: new Grid(),
		written: [],
		reset: () => {
			sheets.grid = new Grid();
			sheets.written.length = 0;
		},
		close: async () => await app.close(),
	};
	addTokenRoute(app, account);
	app.addHook<{ Params: Partial<Params> }>('preHandler', async (request, reply) => {
		if (request.url === '/token') return;
		if (request.headers.authorization !== `Bearer ${ACCESS_TOKEN}`) {
			return await refuse(reply, 401, 'UNAUTHENTICATED', 'Request had invalid credentials.');
		}
		if (!request.params.id?.startsWith(SPREADSHEET_ID)) {
			return await refuse(reply, 404, 'NOT_FOUND', 'Requested entity was not found.');
		}
	});
	addSpreadsheetRoutes(app, sheets);
	addValueRoutes(app, sheets);
	await app.listen({ port: 0, host: '127.0.0.1' });
	sheets.port = (app.server.address() as AddressInfo).port;
	return sheets;
}

function addSpreadsheetRoutes(app: FastifyInstance, sheets: Sheets): void {
	app.get('/v4/spreadsheets/:id', () => {
		const gridProperties = { rowCount: sheets.grid.rowCount, columnCount: 26 };
		return { sheets: [{ properties: { ...SHEET, gridProperties } }] };
	});
	// The id arrives as `{id}:batchUpdate`.
	app.post<{
		Params: Params;
		Body: { requests: { appendDimension?: { dimension: string; length: number } }[] };
	}>('/v4/spreadsheets/:id', async (request, reply) => {
		if (!request.params.id.endsWith(':batchUpdate')) return await reply.code(404).send();
		for (const { appendDimension } of request.body.requests) {
			if (appendDimension?.dimension !== 'ROWS') return await refuseArgument(reply, 'requests');
			sheets.grid.rowCount += appendDimension.length;
		}
		return { spreadsheetId: SPREADSHEET_ID, replies: request.body.requests.map(() => ({})) };
	});
}

function addValueRoutes(app: FastifyInstance, sheets: Sheets): void {
	const path = '/v4/spreadsheets/:id/values/:range';
	app.get<{ Params: Params }>(path, async (request, reply) => {
		const { range } = request.params;
		const rows = parseRange(range);
		if (!rows) return await refuseArgument(reply, `Unable to parse range: ${range}`);
		const values = sheets.grid.read(rows);
		// Google leaves `values` out if there are none.
		return { range, majorDimension: 'ROWS', ...(values.length > 0 && { values }) };
	});
	app.put<Writing>(path, async (request, reply) => {
		const { range } = request.params;
		const { valueInputOption } = request.query;
		const { values } = request.body;
		const rows = parseRange(range);
		if (!rows) return await refuseArgument(reply, `Unable to parse range: ${range}`);
		if (!isInputOption(valueInputOption)) {
			return await refuseArgument(reply, "'valueInputOption' is required but not specified");
		}
		if (rows.first > sheets.grid.rowCount) {
			const most = String(sheets.grid.rowCount);
			return await refuseArgument(reply, `Range (${range}) exceeds grid limits. Max rows: ${most}`);
		}
		sheets.written.push(range);
		sheets.grid.write(rows.first, values, valueInputOption);
		return { spreadsheetId: SPREADSHEET_ID, updatedRange: range, updatedRows: values.length };
	});
}

/** Whole rows of the sheet, `Sheet1!2:5`, or the sheet itself, `'Sheet1'`: what n8n's node asks for. */
function parseRange(range: string): Rows | undefined {
	const match = /^'?Sheet1'?(?:!(\d+):(\d+))?$/.exec(range);
	if (!match) return undefined;
	const [, first = '1', last = 'Infinity'] = match;
	return { first: Number(first), last: Number(last) };
}

function isInputOption(option: string | undefined): option is ValueInputOption {
	return option === 'RAW' || option === 'USER_ENTERED';
}

async function refuseArgument(reply: FastifyReply, message: string): Promise<FastifyReply> {
	return await refuse(reply, 400, 'INVALID_ARGUMENT', message);
}

async function refuse(reply: FastifyReply, code: number, status: string, message: string) {
	return await reply.code(code).send({ error: { code, message, status } });
}
