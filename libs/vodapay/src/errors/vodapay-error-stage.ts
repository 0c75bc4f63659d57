/** Where in a login the failure arose. */
export type VodaPayErrorStage = 'credentials' | 'wallet' | 'answer' | 'transport' | 'linking' | 'session' | 'store';
