/** A copy of an object without some of its fields. */
export function without<T extends object, K extends keyof T>(item: T, ...names: K[]): Omit<T, K> {
	const rest = { ...item };
	for (const name of names) Reflect.deleteProperty(rest, name);
	return rest;
}
