import type { Detail } from '../api/answers.js';
import type { Flow } from './flow.js';

/** Gives the shop what it still wants to know. */
export const completeDetails =
  (details: Partial<Record<Detail, string>>): Flow =>
  async ({ api, tokens, tell }) => {
    const token = tokens.read();
    if (token !== undefined) tell({ type: 'details-saved', account: await api.complete(token, details) });
  };
