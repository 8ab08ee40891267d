/** Truto's limit for one API token (*Rate limit* in its API docs). */
export const TRUTO_LIMIT = { requests: 500, windowMs: 10_000 };
