const { execFile } = require('node:child_process');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const { basename, dirname, relative } = require('node:path');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { n8n } = require('./package.json');

const run = promisify(execFile);

/** An old file left in dist would be packed and loaded. */
const clean = () => rm('dist', { recursive: true, force: true });

const checkTypes = async () => {
	try {
		await run(process.execPath, [require.resolve('typescript/bin/tsc'), '--noEmit']);
	} catch (error) {
		throw new Error(error.stdout || error.message);
	}
};

/**
 * One file for all: Node.js takes nearly twice as long to load a file for each module. Not minified, so that
 * people can read what they install, and names stay in stack traces.
 */
const bundle = () =>
	esbuild.build({
		entryPoints: ['index.ts'],
		outfile: 'dist/index.js',
		bundle: true,
		external: ['n8n-workflow'],
		platform: 'node',
		format: 'cjs',
		// The oldest n8n that the package supports runs in it.
		target: 'node20',
		minify: false,
		keepNames: true,
	});

/** n8n loads each class from a file named after it, beside which it looks for the codex file. */
const writeEntries = () =>
	Promise.all(
		[...n8n.credentials, ...n8n.nodes].map(async (file) => {
			const className = basename(file).split('.')[0];
			await mkdir(dirname(file), { recursive: true });
			const index = relative(dirname(file), 'dist/index.js');
			await writeFile(file, `exports.${className} = require('${index}').${className};\n`);
		}),
	);

/** `encoding: false`: gulp would otherwise read the icons as text. */
const copyIcons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));

const copyCodex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

exports.clean = clean;
exports.build = series(clean, parallel(checkTypes, bundle, writeEntries, copyIcons, copyCodex));
exports.default = exports.build;
