import { STATUS_CODES } from 'node:http';

/** Truto's error body. */
export interface ErrorBody {
	statusCode: number;
	error: string;
	message: string;
	truto_is_remote_error?: boolean;
	raw_response?: unknown;
	/** Of a validation error: what is wrong with each field. */
	details?: { failures: unknown[] };
}

/** The error body for a status. */
export function errorBody(statusCode: number, message: string): ErrorBody {
	return { statusCode, error: STATUS_CODES[statusCode] ?? 'Error', message };
}

/** The error body for a failure of the third party behind Truto, whose `message` may be empty. */
export function remoteErrorBody(statusCode: number, rawResponse: unknown, message = ''): ErrorBody {
	return {
		...errorBody(statusCode, message),
		truto_is_remote_error: true,
		raw_response: rawResponse,
	};
}

/** Thrown by a route: answered with Truto's error body. */
export class ApiError extends Error {
	readonly body: ErrorBody;

	constructor(body: ErrorBody);
	constructor(statusCode: number, message: string, details?: ErrorBody['details']);
	constructor(status: number | ErrorBody, message = '', details?: ErrorBody['details']) {
		const body = typeof status === 'number' ? errorBody(status, message) : status;
		super(body.message);
		this.name = 'ApiError';
		this.body = details ? { ...body, details } : body;
	}
}

/** 404 for an id that does not exist, or that the token's environment does not see. */
export function notFound(what: string, id: string): ApiError {
	return new ApiError(404, `${what} with id ${id} not found`);
}
