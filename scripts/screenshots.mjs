import { runScript } from './bootstrap.mjs';

runScript('screenshots.mts');
