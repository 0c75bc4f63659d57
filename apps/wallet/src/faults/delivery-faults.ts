import { ANY_CALL, type Delivery, type Fault, type FaultTable } from './fault.js';

/** Right answers that get lost or late on their way back. */
export const DELIVERY_FAULTS: FaultTable = {
  slow: onTheWay('The answer comes late', 'slow'),
  trickle: onTheWay('The answer comes a few bytes at a time', 'trickle'),
  hang: onTheWay('The answer never comes', 'hang'),
  cut: onTheWay('The connection ends in the middle of the body', 'cut'),
  reset: onTheWay('The connection is reset before an answer', 'reset'),
};

function onTheWay(says: string, delivery: Delivery): Fault {
  return { says, calls: ANY_CALL, carriesOut: true, delivery };
}
