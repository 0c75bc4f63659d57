import { describe, expect, it } from 'vitest';
import { ANSWER_ERRORS } from '../../libs/vodapay/src/errors/answer-errors.js';
import { CREDENTIALS_ERRORS } from '../../libs/vodapay/src/errors/credentials-errors.js';
import { LINKING_ERRORS } from '../../libs/vodapay/src/errors/linking-errors.js';
import { SESSION_ERRORS } from '../../libs/vodapay/src/errors/session-errors.js';
import { STORE_ERRORS } from '../../libs/vodapay/src/errors/store-errors.js';
import { TRANSPORT_ERRORS } from '../../libs/vodapay/src/errors/transport-errors.js';
import { VODAPAY_ERRORS } from '../../libs/vodapay/src/errors/vodapay-errors.js';
import { WALLET_ERRORS } from '../../libs/vodapay/src/errors/wallet-errors.js';

const TABLES = Object.entries({
  credentials: CREDENTIALS_ERRORS,
  session: SESSION_ERRORS,
  wallet: WALLET_ERRORS,
  answer: ANSWER_ERRORS,
  transport: TRANSPORT_ERRORS,
  linking: LINKING_ERRORS,
  store: STORE_ERRORS,
});

describe('The tables of errors', () => {
  it('hold each code once, so that none takes the place of another', () => {
    const codes = TABLES.flatMap(([, table]) => Object.keys(table));
    expect(codes.toSorted()).toEqual([...new Set(codes)].toSorted());
    expect(codes.toSorted()).toEqual(Object.keys(VODAPAY_ERRORS).toSorted());
  });

  it.each(TABLES)('of the stage %s name that stage in each row', (stage, table) => {
    expect(new Set(Object.values(table).map((row: { readonly stage: string }) => row.stage))).toEqual(new Set([stage]));
  });
});
