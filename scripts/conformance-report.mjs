import { runScript } from './bootstrap.mjs';

runScript('conformance-report.mts');
