import { createServer, type AddressInfo, type Socket } from 'node:net';

/** What stands for a mail server. */
export interface MailServer {
	port: number;
	/** As they arrived: headers and body. */
	mails: string[];
	close(): Promise<void>;
}

const ANSWERS: Record<string, string> = {
	EHLO: '250-mail\r\n250 AUTH PLAIN LOGIN',
	AUTH: '235 ok',
	DATA: '354 go on',
	QUIT: '221 bye',
};

/** Takes mails as SMTP says, without encryption. */
export async function startMail(): Promise<MailServer> {
	const mails: string[] = [];
	const server = createServer((socket) => {
		receive(socket, mails);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		port,
		mails,
		close: async () => {
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function receive(socket: Socket, mails: string[]): void {
	let waiting = '';
	let isData = false;
	const answer = (text: string) => socket.write(`${text}\r\n`);
	answer('220 mail');
	socket.on('error', () => undefined);
	socket.on('data', (chunk) => {
		waiting += chunk.toString('utf8');
		for (;;) {
			const end = waiting.indexOf(isData ? '\r\n.\r\n' : '\r\n');
			if (end < 0) return;
			const part = waiting.slice(0, end);
			waiting = waiting.slice(end + (isData ? 5 : 2));
			if (isData) mails.push(part);
			const command = part.slice(0, 4).toUpperCase();
			answer(isData ? '250 ok' : (ANSWERS[command] ?? '250 ok'));
			isData = !isData && command === 'DATA';
		}
	});
}

/** The text of a mail's HTML, which is sent as quoted-printable. */
export function htmlOf(mail: string): string {
	const [, body = ''] = mail.split('\r\n\r\n', 2);
	if (/Content-Transfer-Encoding: base64/i.test(mail))
		return Buffer.from(body, 'base64').toString();
	const bytes = body
		.replace(/=\r\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}
