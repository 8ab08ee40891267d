import { tmpdir } from 'node:os';
import { join } from 'node:path';

// To be imported before n8n-core, which writes its settings into this folder, and reads these when it
// is loaded: the tests touch no n8n of the machine and print no log.
process.env.N8N_USER_FOLDER = join(tmpdir(), `n8n-nodes-truto-engine-${String(process.pid)}`);
process.env.N8N_ENCRYPTION_KEY = 'engine-tests';
process.env.N8N_LOG_LEVEL = 'silent';
