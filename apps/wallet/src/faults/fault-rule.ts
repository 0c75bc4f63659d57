import type { CallKind } from '../protocol/operations.js';

/** A fault for calls that have something in common. Of each kind of condition those that are given must all hold. */
export interface FaultRule {
  readonly userId?: string;
  /** The very auth code, refresh token or access token that the call presents. */
  readonly token?: string;
  /** Which calls; without it the call that the fault's own name chooses. */
  readonly calls?: readonly CallKind[];
  /** Name as `parseFault` reads it. */
  readonly fault: string;
  /** Only the n-th call that fits, counted from 1 and from when the rule was added. */
  readonly nth?: number;
  /** Only the fitting calls from this one on, counted like `nth`. */
  readonly from?: number;
  /** Only the fitting calls up to this one, counted like `nth`. */
  readonly to?: number;
  /** Only this share of the fitting calls, 0 to 1, by lot. */
  readonly rate?: number;
  /** Of the lot: the same seed picks the same calls. Default 1. */
  readonly seed?: number;
  /** How many answers it spoils at most, then it is gone; without it, until it is removed. */
  readonly times?: number;
}

/** A rule in force. */
export interface ActiveFaultRule extends FaultRule {
  readonly id: number;
  /** How many calls fitted so far. */
  readonly seen: number;
  /** How many answers it spoilt so far. */
  readonly spoilt: number;
}
