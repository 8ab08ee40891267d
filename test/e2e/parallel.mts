/** Works through values in order, so many at once. */
export async function eachAtOnce<T>(
	values: T[],
	atOnce: number,
	work: (value: T) => Promise<void>,
): Promise<void> {
	const left = values.values();
	const worker = async () => {
		for (const value of left) await work(value);
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
}
