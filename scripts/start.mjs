import { runScript } from './bootstrap.mjs';

runScript('start.mts');
