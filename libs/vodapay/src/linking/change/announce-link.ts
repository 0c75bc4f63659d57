import { VodaPayError } from '../../errors/vodapay-error.js';
import { errorType } from '../../telemetry/error-type.js';
import { tellLog } from '../../telemetry/tell-log.js';
import type { LinkNotice, LinkNotifier } from '../link-notifier.js';
import { withinTime } from '../../within-time.js';

/** How long an answer waits for the notifier. Milliseconds. */
const NOTIFY_WITHIN_MS = 5_000;

/** Tells the owner of an account (R23). What happened has happened: a failing or slow notifier changes nothing. */
export async function announceLink(notifier: LinkNotifier | undefined, notice: LinkNotice): Promise<void> {
  if (notifier === undefined) return;
  try {
    const notified = (async () => notifier.notify(notice))();
    await withinTime(notified, NOTIFY_WITHIN_MS, () => new VodaPayError('VODAPAY_DEADLINE_EXCEEDED'));
  } catch (error) {
    // The notifier's own error may hold a contact (R19).
    tellLog('vodapay.link.owner-not-told', { notice: notice.kind, code: errorType(error) });
  }
}
