/** What the client does next; sent with every refusal. */
export type VodaPayNextStep = 'retry' | 'new-auth-code' | 'sign-in' | 'none';
