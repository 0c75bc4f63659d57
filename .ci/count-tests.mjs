// Prints the failed tests of the JSON reports given as arguments, each with its file and the first lines of its message,
// then `N passed, N failed` summed over the reports as its last line.
// Fails when a report is missing, when anything failed, or when nothing ran.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const LINES_OF_A_MESSAGE = 12;

let passed = 0;
let failed = 0;
let complete = true;

for (const path of process.argv.slice(2)) {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'));
    passed += report.numPassedTests;
    failed += report.numFailedTests;
    for (const { name, status, message, assertionResults } of report.testResults) {
      const refused = assertionResults.filter((test) => test.status === 'failed');
      for (const { fullName, failureMessages } of refused) tell(name, fullName, failureMessages.join('\n'));
      // A file that can't even be loaded fails without a test of its own.
      if (status === 'failed' && refused.length === 0) {
        failed += 1;
        tell(name, 'the file itself', message);
      }
    }
    complete &&= report.success;
  } catch {
    complete = false;
    process.stderr.write(`No report at ${path}: that runner did not get to its end.\n`);
  }
}

process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = complete && failed === 0 && passed > 0 ? 0 : 1;

/** The end of a long log is what its reader sees: without this the failure stands thousands of lines above the count. */
function tell(file, title, message) {
  const lines = message.split('\n').slice(0, LINES_OF_A_MESSAGE);
  process.stdout.write(`failed: ${relative('', file)} > ${title}\n${lines.map((line) => `    ${line}\n`).join('')}`);
}
