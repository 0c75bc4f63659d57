import { describe } from 'vitest';
import { describeAnswers } from './answers.contract.js';
import { describeConnections } from './connections.contract.js';
import { describeEgress } from './egress.contract.js';
import { describeOneTimeCodes } from './one-time-codes.contract.js';
import { describeRepeating } from './repeating.contract.js';
import { describeTls } from './tls.contract.js';
import { TRANSPORTS } from './transport.js';
import { describeUnansweredCalls } from './unanswered-calls.contract.js';

describe.each(TRANSPORTS)('over $name:', (transport) => {
  describeAnswers(transport);
  describeUnansweredCalls(transport);
  describeRepeating(transport);
  describeOneTimeCodes(transport);
  describeConnections(transport);
  describeTls(transport);
  describeEgress(transport);
});
