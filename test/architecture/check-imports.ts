import { fileURLToPath } from 'node:url';
import { findBreaches } from './find-breaches.js';

// `npm run imports`: the same check as the test, as a command.
const breaches = findBreaches(fileURLToPath(new URL('../../', import.meta.url)));
for (const { place, reason } of breaches) process.stderr.write(`${place}  ${reason}\n`);
process.stdout.write(`import rules: ${breaches.length === 0 ? 'kept' : `${breaches.length} broken`}\n`);
process.exitCode = breaches.length === 0 ? 0 : 1;
