/** A page size that every list accepts: `GET /log` documents it as its maximum. */
export const SAFE_PAGE = 100;

/**
 * The page size of a list that asks for no other. The maximum isn't documented, so Truto may send fewer
 * entries.
 */
export const LARGE_PAGE = 500;
