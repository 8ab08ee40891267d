import { readFileSync, writeFileSync } from 'node:fs';

/**
 * The highest resident memory of a process since the last call, in bytes. Linux keeps a process's peak, and
 * writing 5 to `clear_refs` sets it back (man 5 proc).
 */
export function takePeakMemory(pid: number): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
	return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}
