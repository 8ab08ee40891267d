import { runScript } from './bootstrap.mjs';

runScript('scan.mts');
