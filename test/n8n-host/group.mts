/** Whether any process of a group is there. */
export function isGroupAlive(leader: number): boolean {
	return signalGroup(leader, 0);
}

/** Sends a signal to each process of a group; false if there is none any more. */
export function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
	try {
		return process.kill(-leader, signal);
	} catch {
		return false;
	}
}
