import { LINK_REASONS, type LinkDecision, type LinkReason } from './decide-link.js';

/** What a login would do. */
export interface LinkPreview {
  readonly kind: LinkDecision['kind'];
  /** Why, as a code and in words. */
  readonly reason: LinkReason;
  readonly words: string;
  /** Of a pending link: how the proof would come. */
  readonly delivery?: 'email' | 'phone' | 'link-code';
}

/** A decision as an operator reads it: it names no account. */
export function toLinkPreview(decision: LinkDecision): LinkPreview {
  const { kind, reason } = decision;
  const preview = { kind, reason, words: LINK_REASONS[reason] };
  if (decision.kind !== 'pending') return preview;
  return { ...preview, delivery: decision.by === 'contact' ? decision.candidate.contact : 'link-code' };
}
