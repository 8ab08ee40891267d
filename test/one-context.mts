import { createRequire } from 'node:module';
import vm from 'node:vm';

import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

import { LOAD } from './load-package.mts';

type FakeTimersOptions = ConstructorParameters<typeof ModernFakeTimers>[0];

const load = createRequire(import.meta.url);

/** Jest asks for a context in which to run modules. This one stands for that of the process. */
const CONTEXT = vm.createContext();

const { compileFunction } = vm;
vm.compileFunction = (code, parameters, options = {}) => {
	const { parsingContext, ...rest } = options;
	return compileFunction(code, parameters, parsingContext === CONTEXT ? rest : options);
};

/** Global variables of packages, which are loaded only once. */
const ofPackages = new Set<PropertyKey>();

/** Loads a file of a package as Node.js does. */
function loadPackage(path: string): unknown {
	const before = new Set(Reflect.ownKeys(globalThis));
	const exported: unknown = load(path);
	for (const key of Reflect.ownKeys(globalThis)) if (!before.has(key)) ofPackages.add(key);
	return exported;
}

/** @returns puts an object's own properties back */
function remember(object: object): () => void {
	// What begins with _ is Node.js's own, such as the listeners of `process`.
	const isOurs = (key: PropertyKey) => !ofPackages.has(key) && !String(key).startsWith('_');
	const before = Object.getOwnPropertyDescriptors(object) as Record<
		PropertyKey,
		PropertyDescriptor
	>;
	return () => {
		const now = Object.getOwnPropertyDescriptors(object) as typeof before;
		for (const key of Reflect.ownKeys(now).filter(isOurs)) {
			const old = before[key];
			const { value, get, set } = now[key] ?? {};
			if (!old) Reflect.deleteProperty(object, key);
			else if (old.value !== value || old.get !== get || old.set !== set) {
				Reflect.defineProperty(object, key, old);
			}
		}
		for (const key of Reflect.ownKeys(before).filter((one) => !(one in now))) {
			Reflect.defineProperty(object, key, before[key] ?? {});
		}
	};
}

/** The same for the environment variables. */
function rememberVariables(): () => void {
	const before = { ...process.env };
	return () => {
		for (const name of Object.keys(process.env))
			if (!(name in before)) Reflect.deleteProperty(process.env, name);
		Object.assign(process.env, before);
	};
}

/** What n8n's packages keep for the process: its services, the store of processed data, the time zone. */
function resetN8n(): void {
	const corePath = load.resolve('n8n-core');
	if (!load.cache[corePath]) return;
	const { DataDeduplicationService } = load(corePath) as {
		DataDeduplicationService: { instance?: unknown };
	};
	DataDeduplicationService.instance = undefined;
	const { Container } = createRequire(corePath)('@n8n/di') as { Container: { reset(): void } };
	Container.reset();
	const { setGlobalState } = load('n8n-workflow') as typeof import('n8n-workflow');
	setGlobalState({ defaultTimezone: 'America/New_York' });
}

/**
 * A Jest environment in which all test files of a worker share one JavaScript context, as in a process of n8n. So
 * n8n's engine, which takes seconds to load, is loaded once for each worker. The product, the simulator and the
 * tests are still loaded anew for each file, and what a file has changed of the process is put back.
 */
export default class OneContext {
	readonly global = globalThis;
	readonly moduleMocker = new ModuleMocker(globalThis);
	readonly fakeTimers = null;
	readonly fakeTimersModern: ModernFakeTimers;
	private readonly putBack = [...[globalThis, process, Error].map(remember), rememberVariables()];

	constructor({ projectConfig }: { projectConfig: FakeTimersOptions['config'] }) {
		this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
		Object.assign(globalThis, { [LOAD]: loadPackage });
	}

	setup(): void {
		// Jest calls it.
	}

	teardown(): void {
		this.fakeTimersModern.dispose();
		this.moduleMocker.restoreAllMocks();
		resetN8n();
		for (const putBack of this.putBack) putBack();
	}

	exportConditions(): string[] {
		return ['node', 'node-addons'];
	}

	getVmContext(): vm.Context {
		return CONTEXT;
	}
}
