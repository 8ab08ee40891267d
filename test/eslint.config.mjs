// n8n's linter checks what runs inside n8n: every .ts file. What runs outside of it (tests, simulator,
// demo) is .mts and needs Node's own modules, so it is linted here by typescript-eslint's strict rules.
import tseslint from 'typescript-eslint';

export default tseslint.config(
	{ ignores: ['test/n8n-host/n8n/node_modules'] },
	{
		files: ['**/*.{mts,mjs}'],
		extends: [tseslint.configs.strict, tseslint.configs.stylistic],
	},
);
