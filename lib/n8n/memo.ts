/** What the items of one run of a node have fetched, for each token. */
export class Memo {
	private readonly values = new Map<object, Map<string, Promise<unknown>>>();

	/**
	 * Fetches something once for all items with the same token. If that fails, the next item tries again.
	 *
	 * @param token with another one, Truto may answer otherwise
	 */
	async once<T>(token: object, key: string, fetch: () => Promise<T>): Promise<T> {
		const ofToken = this.values.get(token) ?? new Map<string, Promise<unknown>>();
		this.values.set(token, ofToken);
		const known = ofToken.get(key) as Promise<T> | undefined;
		if (known) return await known;
		const fetching = fetch();
		ofToken.set(key, fetching);
		fetching.catch(() => ofToken.delete(key));
		return await fetching;
	}
}
