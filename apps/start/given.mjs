/** An environment variable; empty counts as unset. */
export function given(name) {
  const text = process.env[name];
  return text === '' ? undefined : text;
}
