import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { installHost } from '../test/n8n-host/install.mts';
import { CACHE_FOLDER, ROOT } from '../test/n8n-host/paths.mts';

// Makes the pictures of docs/images anew: the browser tests take them, of what they have just checked.
const TAKEN = join(CACHE_FOLDER, 'screenshots');
const IMAGES = join(ROOT, 'docs', 'images');

/** The main job, step by step. */
const FRAMES = ['node-panel', 'get-filled', 'get-split'];

function run(command: string, ...args: string[]): void {
	const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' });
	if (error) throw new Error(`${command} is missing. On Debian: apt-get install imagemagick`);
	if (status !== 0) throw new Error(`${command} failed`);
}

await installHost();
const tests = ['e2e/browser', 'e2e/chain'];
run('jest', '--selectProjects', 'e2e', '--runInBand', '--testPathPatterns', ...tests);

const taken = new Set(readdirSync(TAKEN));
for (const image of readdirSync(IMAGES)) {
	if (taken.has(image)) copyFileSync(join(TAKEN, image), join(IMAGES, image));
}
const frames = FRAMES.map((name) => join(TAKEN, `${name}.png`));
const gif = join(IMAGES, 'main-job.gif');
run('convert', '-delay', '200', ...frames, '-resize', '900x', '-layers', 'Optimize', gif);
