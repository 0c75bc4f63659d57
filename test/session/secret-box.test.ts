import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AesSecretBox } from '../../libs/vodapay/src/session/aes-secret-box.js';

const PLACE = {
  namespace: 'sandbox:1',
  clientId: '1',
  table: 'vodapay_session',
  rowId: 'row-1',
  column: 'access_token',
};
const UNREADABLE = { code: 'VODAPAY_SEALED_TOKEN_UNREADABLE', status: 401 };

function newKey(): KeyObject {
  return createSecretKey(randomBytes(32));
}

describe('R22 a sealed secret', () => {
  const key = newKey();
  const box = new AesSecretBox(new Map([['k1', key]]));

  it.each(['the access token', '', 'ümläut 💳'])('opens in its place: %j', async (secret) => {
    expect(await box.open(await box.seal(secret, PLACE), PLACE)).toBe(secret);
  });

  it('does not show the secret, and is another text each time', async () => {
    const [one, two] = [await box.seal('the access token', PLACE), await box.seal('the access token', PLACE)];

    expect(one).toMatch(/^v1\.k1\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
    expect(one).not.toBe(two);
    expect(Buffer.from(one, 'base64url').toString('latin1')).not.toContain('access');
  });

  it.each([
    { namespace: 'production:1' },
    { clientId: '2' },
    { table: 'vodapay_link_ticket' },
    { rowId: 'row-2' },
    { column: 'refresh_token' },
  ])('opens in no other place: %j', async (elsewhere) => {
    const sealed = await box.seal('the access token', PLACE);

    await expect(box.open(sealed, { ...PLACE, ...elsewhere })).rejects.toMatchObject(UNREADABLE);
  });

  it('opens with no other key, known by the same id or not at all', async () => {
    const sealed = await box.seal('the access token', PLACE);

    for (const id of ['k1', 'k2']) {
      const other = new AesSecretBox(new Map([[id, newKey()]]));
      await expect(other.open(sealed, PLACE)).rejects.toMatchObject(UNREADABLE);
    }
  });

  it('does not open when any single character was changed, left out or added', async () => {
    const sealed = await box.seal('secret', PLACE);
    const changed = Array.from(sealed, (character, index) => {
      const [before, after] = [sealed.slice(0, index), sealed.slice(index + 1)];
      return [before + (character === 'A' ? 'B' : 'A') + after, before + after, `${before}A${character}${after}`];
    }).flat();

    const results = await Promise.allSettled([...changed, '', 'v1', `${sealed}.`].map((text) => box.open(text, PLACE)));

    expect(results.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    expect(results).toEqual(
      results.map(() => expect.objectContaining({ reason: expect.objectContaining(UNREADABLE) })),
    );
  });

  it('still opens after a new key came first; new secrets are sealed with the new one', async () => {
    const sealed = await box.seal('the access token', PLACE);
    const rotated = new AesSecretBox(
      new Map([
        ['k2', newKey()],
        ['k1', key],
      ]),
    );

    expect(await rotated.open(sealed, PLACE)).toBe('the access token');
    expect(await rotated.seal('another', PLACE)).toMatch(/^v1\.k2\./);
  });

  it('is not made without a key', () => {
    expect(() => new AesSecretBox(new Map())).toThrow(TypeError);
  });
});
