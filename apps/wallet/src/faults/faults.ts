import { BODY_FAULTS } from './body-faults.js';
import { DELIVERY_FAULTS } from './delivery-faults.js';
import type { FaultGroup, FaultTable } from './fault.js';
import { GATEWAY_FAULTS } from './gateway-faults.js';
import { PROFILE_FAULTS } from './profile-faults.js';
import { RESULT_FAULTS } from './result-faults.js';
import { SIGNATURE_FAULTS } from './signature-faults.js';
import { VARIANTS } from './variants.js';

export const FAULT_GROUPS: Readonly<Record<FaultGroup, FaultTable>> = Object.freeze({
  signature: SIGNATURE_FAULTS,
  result: RESULT_FAULTS,
  profile: PROFILE_FAULTS,
  body: BODY_FAULTS,
  gateway: GATEWAY_FAULTS,
  delivery: DELIVERY_FAULTS,
  variant: VARIANTS,
});

/** Every fault by name, besides `<fault>:<CODE>`, which `parseFault` puts together. */
export const FAULTS: FaultTable = Object.freeze(Object.assign({}, ...Object.values(FAULT_GROUPS)) as FaultTable);
