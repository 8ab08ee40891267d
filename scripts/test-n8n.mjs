import { runScript } from './bootstrap.mjs';

runScript('test-n8n.mts');
