import { finishLogin } from './finish-login.js';
import type { Flow } from './flow.js';

/** A fresh account instead of the one that may be hers. */
export const declineLink: Flow = async (context) => {
  const { place } = context.state();
  if (place.kind === 'proving' || place.kind === 'awaiting-approval') {
    await finishLogin(context, context.api.decline(place.ticket));
  }
};
