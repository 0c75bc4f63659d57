import { finishLogin } from './finish-login.js';
import type { Flow } from './flow.js';

/** Sends the code that the customer has typed; while an approval is waited for, that one again. */
export const proveAccount =
  (typed?: string): Flow =>
  async (context) => {
    const { place } = context.state();
    if (place.kind === 'awaiting-approval') {
      await finishLogin(context, context.api.confirm(place.ticket, place.code), place.code);
    } else if (place.kind === 'proving' && typed !== undefined) {
      await finishLogin(context, context.api.confirm(place.ticket, typed), typed);
    }
  };
