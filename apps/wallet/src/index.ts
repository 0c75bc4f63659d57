export type { WalletCall } from './calls/wallet-call.js';
export type { CodeRequest } from './codes/issue-code.js';
export type { ActiveFaultRule, FaultRule } from './faults/fault-rule.js';
export { startWallet, type RunningWallet, type WalletOptions } from './start-wallet.js';
export type { WalletUser } from './users/wallet-user.js';
