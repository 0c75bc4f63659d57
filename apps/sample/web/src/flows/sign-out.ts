import type { Flow } from './flow.js';

/** Ends the session at the server, and then here. */
export const signOut: Flow = async ({ api, tokens, tell }) => {
  const token = tokens.read();
  if (token !== undefined) await api.logout(token);
  tokens.drop();
  tell({ type: 'signed-out' });
};
