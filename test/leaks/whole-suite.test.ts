import { expect, it } from 'vitest';
import { findLeaks } from './find-leaks.js';
import { readRecording } from './read-recording.js';

// Runs after all other tests (vitest.config.ts, project `leaks`).
const recording = readRecording(process.env['TEST_RECORDING_FOLDER'] ?? '');

it('R19 no log line, error or refusal of the whole suite holds a token, code, key, signature, e-mail or phone', () => {
  expect(findLeaks(recording)).toEqual([]);
});

it('and the recording holds what the suite said, of each kind', () => {
  const kinds = new Set(recording.output.map((entry) => entry.kind));
  expect([...kinds].toSorted()).toEqual(['answer', 'console', 'error', 'log', 'stderr', 'stdout']);
  expect(recording.secrets.length).toBeGreaterThan(0);
});
