import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

import { installHost } from '../test/n8n-host/install.mts';
import { CACHE_FOLDER, ROOT } from '../test/n8n-host/paths.mts';
import { runCommand } from './command.mts';
import { shownImages } from './shown-images.mts';

// Makes the pictures that Markdown files show anew: the tests take them, of what they have just checked.
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
// Else a picture of last time would hide that no test takes it any more.
rmSync(TAKEN, { recursive: true, force: true });
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

const GIF = 'main-job.gif';
const taken = new Set(readdirSync(TAKEN));
const shown = shownImages().map((path) => basename(path));
const pictures = shown.filter((image) => image !== GIF);
const missing = pictures.filter((image) => !taken.has(image));
if (missing.length > 0) throw new Error(`No test takes these pictures: ${missing.join(', ')}`);
for (const image of pictures) copyFileSync(join(TAKEN, image), join(IMAGES, image));
for (const image of readdirSync(IMAGES)) {
	if (!shown.includes(image)) rmSync(join(IMAGES, image));
}
const frames = FRAMES.map((name) => join(TAKEN, `${name}.png`));
execFileSync('convert', [
	'-delay',
	'200',
	...frames,
	'-resize',
	'900x',
	'-layers',
	'Optimize',
	join(IMAGES, GIF),
]);
