import { runScript } from './bootstrap.mjs';

runScript('bench.mts');
