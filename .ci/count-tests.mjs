// Prints `N passed, N failed` summed over the JSON reports given as arguments, as its only and last line on stdout.
// Fails when a report is missing, when anything failed, or when nothing ran.
import { readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;
let complete = true;

for (const path of process.argv.slice(2)) {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'));
    passed += report.numPassedTests;
    failed += report.numFailedTests;
    // A file that can't even be loaded fails without a test of its own.
    failed += report.testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
    ).length;
    complete &&= report.success;
  } catch {
    complete = false;
    process.stderr.write(`No report at ${path}: that runner did not get to its end.\n`);
  }
}

process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = complete && failed === 0 && passed > 0 ? 0 : 1;
