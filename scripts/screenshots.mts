import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { installHost } from '../test/n8n-host/install.mts';
import { CACHE_FOLDER, ROOT } from '../test/n8n-host/paths.mts';
import { runCommand } from './command.mts';

// Makes the pictures of docs/images anew: the browser tests take them, of what they have just checked.
const TAKEN = join(CACHE_FOLDER, 'screenshots');
const IMAGES = join(ROOT, 'docs', 'images');

/** The main job, step by step. */
const FRAMES = ['node-panel', 'get-filled', 'get-split'];

try {
	execFileSync('convert', ['-version'], { stdio: 'ignore' });
} catch {
	throw new Error('ImageMagick is missing. On Debian: sudo apt-get install imagemagick');
}
await installHost();
const tests = ['e2e/browser', 'e2e/chain'];
const jest = [
	'--selectProjects',
	'e2e',
	'--runInBand',
	'--forceExit',
	'--testPathPatterns',
	...tests,
];
if (!(await runCommand('jest', ...jest))) throw new Error('The tests failed: see above.');

const taken = new Set(readdirSync(TAKEN));
for (const image of readdirSync(IMAGES)) {
	if (taken.has(image)) copyFileSync(join(TAKEN, image), join(IMAGES, image));
}
const frames = FRAMES.map((name) => join(TAKEN, `${name}.png`));
const gif = join(IMAGES, 'main-job.gif');
execFileSync('convert', [
	'-delay',
	'200',
	...frames,
	'-resize',
	'900x',
	'-layers',
	'Optimize',
	gif,
]);
