import type { Detail } from '../api/answers.js';

/** What the customer has filled in. */
export function readDetails(input: (id: Detail) => { readonly value: string }): Partial<Record<Detail, string>> {
  const given = (['displayName', 'email'] as const).map((detail) => [detail, input(detail).value.trim()] as const);
  return Object.fromEntries(given.filter(([, text]) => text !== ''));
}
