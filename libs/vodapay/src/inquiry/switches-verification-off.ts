/**
 * Whether an agent switches TLS verification off. An agent's options win over a request's, so such an agent has to be
 * refused: no option of this library may turn verification off.
 */
export function switchesVerificationOff(agent: unknown): boolean {
  // Node's agents keep what they were made with in `options`, proxy agents also in `connectOpts`.
  return ['options', 'connectOpts'].some((holder) => property(property(agent, holder), 'rejectUnauthorized') === false);
}

function property(source: unknown, name: string): unknown {
  return typeof source === 'object' && source !== null ? Reflect.get(source, name) : undefined;
}
