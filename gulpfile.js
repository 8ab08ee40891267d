const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { Transform } = require('node:stream');
const { promisify } = require('node:util');
const { minify } = require('@swc/core');
const { dest, parallel, series, src } = require('gulp');

const run = promisify(execFile);

/** An old file left in dist would be packed and loaded. */
const clean = () => rm('dist', { recursive: true, force: true });

const compile = async () => {
	try {
		await run(process.execPath, [require.resolve('typescript/bin/tsc')]);
	} catch (error) {
		throw new Error(error.stdout || error.message);
	}
};

/** Takes out white space only: names stay, so that stack traces and reviewers can still read them. */
const shrink = () =>
	src('dist/**/*.js')
		.pipe(
			new Transform({
				objectMode: true,
				async transform(file, _encoding, done) {
					const { code } = await minify(file.contents.toString(), {
						compress: false,
						mangle: false,
						module: false,
					});
					file.contents = Buffer.from(code);
					done(null, file);
				},
			}),
		)
		.pipe(dest('dist'));

/** `encoding: false`: gulp would otherwise read the icons as text. */
const copyIcons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));

const copyCodex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

exports.clean = clean;
exports.build = series(clean, parallel(series(compile, shrink), copyIcons, copyCodex));
exports.default = exports.build;
