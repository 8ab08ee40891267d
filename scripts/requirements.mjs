// What `npm test` needs of the machine. Plain JavaScript, built-in modules only: .ci/run asks it before
// anything is installed, by `node scripts/requirements.mjs`.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const POSTGRES_VERSIONS = '/usr/lib/postgresql';

function isOnPath(name) {
	return (process.env.PATH ?? '').split(delimiter).some((folder) => {
		try {
			accessSync(join(folder, name), constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}

/** Debian keeps PostgreSQL's programs in a folder for each version, which is not on the PATH. */
function hasPostgres() {
	const versions = existsSync(POSTGRES_VERSIONS) ? readdirSync(POSTGRES_VERSIONS) : [];
	const inVersion = (version) => existsSync(join(POSTGRES_VERSIONS, version, 'bin', 'postgres'));
	return versions.some(inVersion) || isOnPath('postgres');
}

/** What tests/e2e/browser.mts looks for. */
const hasChromium = () => ['/usr/bin/chromium', '/usr/bin/google-chrome'].some(existsSync);

const OPENSSL = { name: 'openssl', debian: ['openssl'], isThere: () => isOnPath('openssl') };
// n8n's sqlite3 is compiled if its prebuilt binary can't be downloaded.
const COMPILERS = ['python3', 'make', 'g++'].map((name) => ({
	name,
	debian: [name],
	isThere: () => isOnPath(name),
}));
const CHROMIUM = {
	name: 'Chromium',
	debian: ['chromium', 'fonts-liberation'],
	isThere: hasChromium,
};
const REDIS = { name: 'Redis', debian: ['redis-server'], isThere: () => isOnPath('redis-server') };
const POSTGRES = { name: 'PostgreSQL', debian: ['postgresql'], isThere: hasPostgres };

/** By stage of `npm test`; the other stages need nothing. */
const REQUIREMENTS = {
	unit: [OPENSSL],
	e2e: [OPENSSL, ...COMPILERS, CHROMIUM],
	queue: [OPENSSL, ...COMPILERS, REDIS, POSTGRES],
};

/** What is missing for these stages: for people, and as Debian's packages. */
export function findMissing(stages) {
	const needed = new Set(stages.flatMap((stage) => REQUIREMENTS[stage] ?? []));
	const missing = [...needed].filter(({ isThere }) => !isThere());
	return {
		names: missing.map(({ name }) => name),
		packages: missing.flatMap(({ debian }) => debian),
	};
}

if (import.meta.main ?? process.argv[1] === import.meta.filename) {
	console.log(findMissing(Object.keys(REQUIREMENTS)).packages.join(' '));
}
