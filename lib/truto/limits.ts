/** What every list takes: `GET /log` documents it as its most. */
export const SMALLEST_LARGE_PAGE = 100;

/** What lists are asked for at once, other than logs. Their maximum is not documented: Truto may send fewer. */
export const LARGE_PAGE = 500;
