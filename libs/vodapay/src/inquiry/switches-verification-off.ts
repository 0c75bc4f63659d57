import { propertyOf } from '../property-of.js';

/**
 * Whether an agent switches TLS verification off. An agent's options win over a request's, so such an agent has to be
 * refused: no option of this library may turn verification off.
 */
export function switchesVerificationOff(agent: unknown): boolean {
  // Node's agents keep what they were made with in `options`, proxy agents also in `connectOpts`.
  return ['options', 'connectOpts'].some(
    (holder) => propertyOf(propertyOf(agent, holder), 'rejectUnauthorized') === false,
  );
}
