import type { VodaPayScope } from './scopes.js';

/** A way to reach the user, as VodaPay has it on record. Not verified. */
export interface VodaPayContact {
  readonly type: 'EMAIL' | 'MOBILE_PHONE';
  /** An e-mail address as sent, or a phone number, E.164 where it could be read so. */
  readonly value: string;
}

/** A name under which the user signs in to VodaPay. */
export interface VodaPayLoginId {
  /** As sent: `MOBILE_PHONE`, `EMAIL`, or a type that VodaPay has added. */
  readonly type: string;
  /** As sent; only with the scope that grants it. */
  readonly value?: string;
  readonly masked?: string;
  /** Hexadecimal, 64 digits; how VodaPay computes it is not published. */
  readonly hash?: string;
}

/**
 * What VodaPay tells about the user. What the granted scopes do not cover, or could not be read, is absent. Nothing of
 * it is verified; e-mail and phone change and identify nobody.
 */
export interface VodaPayUserInfo {
  /** The subject as sent; `undefined` when it is no string. `isUsableUserId` says whether it can be one. */
  readonly userId: string | undefined;
  /** As sent: `ACTIVE`, `FROZEN`, `INACTIVE`. */
  readonly status?: string;
  readonly nickName?: string;
  readonly fullName?: string;
  readonly firstName?: string;
  readonly middleName?: string;
  readonly lastName?: string;
  /** An http or https URL, at most 256 characters. */
  readonly avatar?: string;
  /** As sent: `F`, `M`, `MALE`… */
  readonly gender?: string;
  /** As sent, usually `YYYY-MM-DD`. */
  readonly birthDate?: string;
  /** As sent: a country's name or its alpha-2 code. */
  readonly nationality?: string;
  /** The first e-mail address among the contacts, else among the login ids. */
  readonly email?: string;
  /** The first phone number among the contacts, else among the login ids. */
  readonly phone?: string;
  readonly kycLevel?: string;
  /** JSON as a text, at most 4096 characters, not parsed. */
  readonly extendInfo?: string;
  readonly contacts: readonly VodaPayContact[];
  readonly loginIds: readonly VodaPayLoginId[];
  /** The scopes whose data is here, readable or not. What isn't may not be granted, or not be filled in. */
  readonly scopes: readonly VodaPayScope[];
}
