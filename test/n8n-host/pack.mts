import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { onceForRun } from './once.mts';
import { CACHE_FOLDER, ROOT } from './paths.mts';

/** One file of the package, as `npm pack` lists it. */
export interface PackedFile {
	path: string;
	size: number;
}

export interface PackedPackage {
	/** The path of the tarball. */
	tarball: string;
	unpackedSize: number;
	files: PackedFile[];
}

/** Builds the package and packs it as `npm publish` would, once for each run. */
export function packPackage(): PackedPackage {
	return onceForRun('packed', pack);
}

function pack(): PackedPackage {
	mkdirSync(CACHE_FOLDER, { recursive: true });
	execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'pipe' });
	const args = ['pack', '--json', '--pack-destination', CACHE_FOLDER, '--loglevel=error'];
	const output = execFileSync('npm', args, { cwd: ROOT }).toString();
	const answer = JSON.parse(output) as unknown;
	// npm 12 answers with an object keyed by package, older ones with an array.
	const [packed] = Object.values(answer as Record<string, unknown>) as [
		{ filename: string; unpackedSize: number; files: PackedFile[] },
	];
	return { ...packed, tarball: join(CACHE_FOLDER, packed.filename) };
}
