import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes the folder into which one run of the suite is recorded; its path reaches the workers as an environment variable. */
export default function makeRecordingFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'recorded-run-'));
  process.env['TEST_RECORDING_FOLDER'] = folder;
  return () => {
    if (process.env['TEST_KEEP_RECORDING'] === undefined) rmSync(folder, { recursive: true, force: true });
    else process.stdout.write(`The recording of this run is kept in ${folder}\n`);
  };
}
