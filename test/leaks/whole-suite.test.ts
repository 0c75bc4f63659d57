import { expect, it } from 'vitest';
import { LOG_EVENTS } from '../../libs/vodapay/src/telemetry/log-events.js';
import { findLeaks } from './find-leaks.js';
import { readRecording } from './read-recording.js';

// Runs after all other tests (vitest.config.ts, project `leaks`).
const recording = readRecording(process.env['TEST_RECORDING_FOLDER'] ?? '');

it('R19 no log line, error or refusal of the whole suite holds a token, code, key, signature, e-mail or phone', () => {
  expect(findLeaks(recording)).toEqual([]);
});

it('and the recording holds what the suite said, of each kind', () => {
  const kinds = new Set(recording.output.map((entry) => entry.kind));
  expect([...kinds].toSorted()).toEqual(['answer', 'console', 'error', 'log', 'log event', 'stderr', 'stdout']);
  expect(recording.secrets.length).toBeGreaterThan(0);
});

const logged = recording.output
  .filter(({ kind }) => kind === 'log event')
  .map(({ text }) => JSON.parse(text) as Readonly<Record<string, unknown>>);

it('every line that the library logged in the whole suite is an event of its table, with its level and fields', () => {
  const table = new Map<unknown, { readonly level: string; readonly fields: readonly string[] }>(
    Object.entries(LOG_EVENTS),
  );
  const strange = logged.filter(({ level, event, message: _message, correlationId: _id, ...fields }) => {
    const row = table.get(event);
    return row === undefined || row.level !== level || Object.keys(fields).some((name) => !row.fields.includes(name));
  });
  expect(strange).toEqual([]);
});
