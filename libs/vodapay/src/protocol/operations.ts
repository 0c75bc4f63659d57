/** One call of the wallet's API. */
export interface Operation {
  readonly name: 'applyToken' | 'inquiryUserInfo';
  /** Path without scheme and host: it is part of the signed text. */
  readonly path: '/v2/authorizations/applyToken' | '/v2/customers/user/inquiryUserInfo';
  /** Whether the call changes nothing at the wallet, so that it may be sent again after a lost answer. */
  readonly readOnly: boolean;
}

export type OperationName = Operation['name'];

/** Every operation this library calls. */
export const OPERATIONS = Object.freeze({
  applyToken: Object.freeze({
    name: 'applyToken',
    path: '/v2/authorizations/applyToken',
    readOnly: false,
  }),
  inquiryUserInfo: Object.freeze({
    name: 'inquiryUserInfo',
    path: '/v2/customers/user/inquiryUserInfo',
    readOnly: true,
  }),
} as const satisfies { readonly [N in OperationName]: Operation & { readonly name: N } });
