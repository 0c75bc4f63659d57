import { VodaPayError } from '../errors/vodapay-error.js';
import { ownValue } from './json-object.js';
import { readText } from './read-text.js';
import type { SuccessfulAnswer } from './successful-answer.js';
import { isUsableUserId } from './usable-user-id.js';
import type { VodaPayTokens } from './vodapay-tokens.js';
import { parseWireTime } from './wire-time.js';

const MAX_TOKEN_LENGTH = 128;
const MAX_TIME_LENGTH = 64;

/** The tokens of an `applyToken` answer. Throws VODAPAY_RESPONSE_MALFORMED when there is no usable access token. */
export function readTokens(answer: SuccessfulAnswer): VodaPayTokens {
  const accessToken = readText(answer, 'accessToken', MAX_TOKEN_LENGTH);
  if (accessToken === undefined) {
    throw new VodaPayError('VODAPAY_RESPONSE_MALFORMED', {
      message: `VodaPay answered S without an accessToken of 1 to ${MAX_TOKEN_LENGTH} printable characters.`,
    });
  }
  const customerId = ownValue(answer, 'customerId');
  return Object.freeze({
    accessToken,
    accessTokenExpiresAt: readTime(answer, 'accessTokenExpiryTime'),
    refreshToken: readText(answer, 'refreshToken', MAX_TOKEN_LENGTH),
    refreshTokenExpiresAt: readTime(answer, 'refreshTokenExpiryTime'),
    customerId: isUsableUserId(customerId) ? customerId : undefined,
  });
}

function readTime(answer: SuccessfulAnswer, name: string): number | undefined {
  const text = readText(answer, name, MAX_TIME_LENGTH);
  return text === undefined ? undefined : parseWireTime(text);
}
