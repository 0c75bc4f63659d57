import { checkAnswer } from './check-answer.js';
import { checkClock } from './check-clock.js';
import { checkDatabase } from './check-database.js';
import { checkKeys } from './check-keys.js';
import { checkNetwork } from './check-network.js';
import { checkClientId, checkHost, checkOtherSettings, checkSealingKeys } from './check-options.js';
import type { Facts } from './facts.js';
import type { Finding } from './finding.js';

/** One thing to look at; pure. */
export interface Check {
  readonly name: string;
  readonly look: (facts: Facts) => readonly Finding[];
}

/** In this order a cause stands before what it causes: the first problem is what to repair first. */
export const CHECKS: readonly Check[] = Object.freeze([
  { name: 'host', look: checkHost },
  { name: 'client-id', look: checkClientId },
  { name: 'keys', look: checkKeys },
  { name: 'settings', look: checkOtherSettings },
  { name: 'network', look: checkNetwork },
  { name: 'clock', look: checkClock },
  { name: 'answer', look: checkAnswer },
  { name: 'sealing-keys', look: checkSealingKeys },
  { name: 'database', look: checkDatabase },
]);
