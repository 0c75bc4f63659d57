export type OperationName = 'applyToken' | 'inquiryUserInfo';

/** What a call asks for: applyToken serves two grants, which fail and are broken apart. */
export type CallKind = 'token' | 'refresh' | 'inquiry';

export const OPERATION_PATHS: Readonly<Record<OperationName, string>> = Object.freeze({
  applyToken: '/v2/authorizations/applyToken',
  inquiryUserInfo: '/v2/customers/user/inquiryUserInfo',
});

export const OPERATION_CALLS: Readonly<Record<OperationName, readonly CallKind[]>> = Object.freeze({
  applyToken: ['token', 'refresh'],
  inquiryUserInfo: ['inquiry'],
});

export const OPERATION_NAMES = Object.keys(OPERATION_PATHS) as readonly OperationName[];

export function operationAt(path: string): OperationName | undefined {
  return OPERATION_NAMES.find((name) => OPERATION_PATHS[name] === path);
}
