/** How calls to the wallet are repeated, bounded, slowed down and paused. Each value is an option of its own. */
export interface ResiliencePolicy {
  readonly retryBaseMs: number;
  readonly throttledRetryBaseMs: number;
  readonly retryCapMs: number;
  readonly retryBudget: number;
  readonly circuitFailureRatio: number;
  readonly circuitMinimumCalls: number;
  readonly circuitWindowMs: number;
  readonly circuitProbeEveryMs: number;
  readonly maxConnections: number;
  readonly maxWaiting: number;
  readonly slowDownAfter: number;
  readonly slowDownMaxWaitMs: number;
  readonly slowDownHoldMs: number;
  readonly refusalsKeptMs: number;
}
