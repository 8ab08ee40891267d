/** What an error code of the network means. */
export interface NetworkTrouble {
	what: 'timeout' | 'unknownHost' | 'broken' | 'certificate' | 'unreachable';
	/** A second try may succeed soon after. */
	passes: boolean;
	/** The request may have reached Truto. */
	mayHaveArrived: boolean;
}

const TIMEOUT: NetworkTrouble = { what: 'timeout', passes: true, mayHaveArrived: true };
const BROKEN: NetworkTrouble = { what: 'broken', passes: true, mayHaveArrived: true };

/** Codes of Node.js and of axios. */
const TROUBLES: Record<string, NetworkTrouble> = {
	ECONNABORTED: TIMEOUT,
	ETIMEDOUT: TIMEOUT,
	ESOCKETTIMEDOUT: TIMEOUT,
	ECONNRESET: BROKEN,
	EPIPE: BROKEN,
	ERR_BAD_RESPONSE: BROKEN,
	ERR_NETWORK: BROKEN,
	EAI_AGAIN: { what: 'unknownHost', passes: true, mayHaveArrived: false },
	ENOTFOUND: { what: 'unknownHost', passes: false, mayHaveArrived: false },
	ECONNREFUSED: { what: 'unreachable', passes: false, mayHaveArrived: false },
	EHOSTUNREACH: { what: 'unreachable', passes: false, mayHaveArrived: false },
	ENETUNREACH: { what: 'unreachable', passes: false, mayHaveArrived: false },
};

/** @param code such as `ECONNRESET`; one that is not known here may have reached Truto */
export function networkTrouble(code: string): NetworkTrouble {
	const known = TROUBLES[code];
	if (known) return known;
	if (/CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY/.test(code)) {
		return { what: 'certificate', passes: false, mayHaveArrived: false };
	}
	return { what: 'unreachable', passes: false, mayHaveArrived: true };
}
