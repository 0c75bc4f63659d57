import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { LogLine } from '../../libs/vodapay/src/telemetry/log-line.js';

const lineWith = (identityHash: () => string) =>
  new LogLine(
    'vodapay.login.succeeded',
    { credential: 'authCode', outcome: 'existing', durationMs: 12, identityHash },
    'id',
  );

describe('A field of a log line that costs something', () => {
  it('is worked out by nobody while no one reads the line', () => {
    const read = vi.fn(() => 'hash');
    lineWith(read);
    expect(read).not.toHaveBeenCalled();
  });

  it.each<[string, (line: LogLine) => string]>([
    ['the text of the line', String],
    ['what Node shows of it', inspect],
    ['its JSON', (line) => JSON.stringify(line)],
    ['a copy that a JSON logger makes', (line) => JSON.stringify(Object.assign({ level: 20 }, line))],
    [
      'what a logger finds that goes through its names',
      (line) => {
        const found: string[] = [];
        for (const name in line) if (Object.hasOwn(line, name)) found.push(`${name}=${Reflect.get(line, name)}`);
        return found.join(' ');
      },
    ],
  ])('stands in %s', (_, read) => {
    expect(read(lineWith(() => 'a-keyed-hash'))).toMatch(/identityHash"?[=:]"?a-keyed-hash/);
  });

  it('may be masked by a logger, for good', () => {
    const read = vi.fn(() => 'a-keyed-hash');
    const line = lineWith(read);
    Object.assign(line, { identityHash: '***', outcome: '***' });
    Object.assign(line, { identityHash: '****' });
    expect(JSON.parse(JSON.stringify(line))).toMatchObject({ identityHash: '****', outcome: '***' });
    expect(String(line)).toContain('identityHash=****');
    expect(read).not.toHaveBeenCalled();
  });
});
