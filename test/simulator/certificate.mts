import { execFileSync } from 'node:child_process';

/**
 * A fresh self-signed certificate for 127.0.0.1, localhost and further hosts, made by the openssl program:
 * no private key has to lie in the repository.
 */
export function createCertificate(hosts: string[] = []): { key: string; cert: string } {
	const names = ['localhost', ...hosts].map((host) => `DNS:${host}`).join(',');
	const pem = execFileSync(
		'openssl',
		[
			...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
			...['-keyout', '-', '-out', '-', '-days', '2', '-subj', '/CN=localhost'],
			...['-addext', `subjectAltName=${names},IP:127.0.0.1`],
		],
		{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
	);
	const certAt = pem.indexOf('-----BEGIN CERTIFICATE-----');
	return { key: pem.slice(0, certAt), cert: pem.slice(certAt) };
}
