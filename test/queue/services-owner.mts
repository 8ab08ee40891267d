// For left-overs.test.mts: starts Redis and PostgreSQL, and never stops them.
import { startRun, temporaryFolder } from '../n8n-host/run.mts';
import { startPostgres, startRedis } from './services.mts';

const folder = startRun();
await startRedis(temporaryFolder('redis'));
await startPostgres(temporaryFolder('postgres'));
console.log(folder);
setInterval(() => undefined, 1_000);
