/**
 * What a call to the wallet is for. `finish-sign-in`: the auth code of this login is spent, so refusing the call would
 * lose it.
 */
export type CallPurpose = 'sign-in' | 'finish-sign-in' | 'revalidation';
