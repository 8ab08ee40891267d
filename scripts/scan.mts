import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

import { packPackage } from '../test/n8n-host/pack.mts';
import { CACHE_FOLDER, ROOT } from '../test/n8n-host/paths.mts';

// n8n's scanner looks at packages on npm only: this runs its checks on what would be published, and on the
// sources, which it looks at as well. Not its check for npm's provenance, which only publishing gives.
const unpacked = join(CACHE_FOLDER, 'scan');
rmSync(unpacked, { recursive: true, force: true });
mkdirSync(unpacked, { recursive: true });
execFileSync('tar', ['-xzf', packPackage().tarball, '-C', unpacked, '--strip-components=1']);

const scans: [string, string, string[] | undefined][] = [
	['the packed package', unpacked, undefined],
	// Product code is also where n8n's scanner does not look.
	['the sources', ROOT, [...SOURCE_FILE_PATTERNS, 'lib/**/*.ts']],
];
for (const [what, folder, patterns] of scans) {
	const { passed, message = '', details = '' } = await analyzePackage(folder, patterns);
	console.log(`n8n's scan of ${what}: ${passed ? '0 findings' : message}\n${details}`);
	// A scan that found nothing to look at passes as well.
	if (!passed || message !== '') process.exitCode = 1;
}
