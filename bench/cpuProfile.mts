/** Of V8's CPU profile, what is needed here (Chrome DevTools Protocol, domain Profiler). */
export interface CpuProfile {
	nodes: {
		id: number;
		callFrame: { functionName: string; url: string };
		children?: number[];
	}[];
	/** Ids of the nodes on top of the stack. */
	samples: number[];
	/** Microseconds before each sample. */
	timeDeltas: number[];
}

/** Profiles a Node.js process while something runs in it. */
export async function profile(
	inspectorPort: number,
	run: () => Promise<unknown>,
): Promise<CpuProfile> {
	const answer = await fetch(`http://127.0.0.1:${inspectorPort}/json/list`);
	const [target] = (await answer.json()) as { webSocketDebuggerUrl: string }[];
	const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
	await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
	let lastId = 0;
	const call = async (method: string, params = {}) => {
		const id = ++lastId;
		return await new Promise<{ profile?: CpuProfile }>((resolve) => {
			const listen = ({ data }: MessageEvent) => {
				const message = JSON.parse(String(data)) as { id: number; result: object };
				if (message.id !== id) return;
				socket.removeEventListener('message', listen);
				resolve(message.result);
			};
			socket.addEventListener('message', listen);
			socket.send(JSON.stringify({ id, method, params }));
		});
	};
	try {
		await call('Profiler.enable');
		await call('Profiler.setSamplingInterval', { interval: 200 });
		await call('Profiler.start');
		await run();
		const { profile: taken } = await call('Profiler.stop');
		if (!taken) throw new Error('The process gave no profile');
		return taken;
	} finally {
		socket.close();
	}
}

/**
 * The milliseconds spent in each part: that of the innermost function on the stack whose part is known.
 *
 * @param partOf the part of a function, or undefined if it counts for its caller's
 */
export function timeByPart(
	{ nodes, samples, timeDeltas }: CpuProfile,
	partOf: (functionName: string, url: string) => string | undefined,
): Map<string, number> {
	const parts = new Map<number, string>();
	// Parents come before their children.
	for (const { id, callFrame, children = [] } of nodes) {
		const part = partOf(callFrame.functionName, callFrame.url) ?? parts.get(id) ?? 'other';
		parts.set(id, part);
		for (const child of children) parts.set(child, part);
	}
	const times = new Map<string, number>();
	samples.forEach((id, index) => {
		const part = parts.get(id) ?? 'other';
		times.set(part, (times.get(part) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
	});
	return times;
}
