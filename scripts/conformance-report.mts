import { examine, reportText } from './conformance.mts';

const { TRUTO_API_TOKEN: token = '', TRUTO_BASE_URL: baseUrl = 'https://api.truto.one' } =
	process.env;

if (token === '') {
	console.error('Set TRUTO_API_TOKEN to an API token of Truto. The report only reads.');
	process.exitCode = 1;
} else {
	try {
		const { rows, requests } = await examine(baseUrl, token);
		console.log(reportText(rows, requests));
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}
