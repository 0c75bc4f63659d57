/**
 * Who VodaPay says the user is. Only `userId` is certain; the rest is what the granted scopes allow, and none of it is
 * verified: it may fill a profile, it never identifies an account.
 */
export interface VodaPayProfile {
  /** VodaPay's subject: 1-64 characters, compared as bytes. */
  readonly userId: string;
  readonly nickName?: string;
  readonly fullName?: string;
  readonly firstName?: string;
  readonly middleName?: string;
  readonly lastName?: string;
  /** URL of the picture. */
  readonly avatar?: string;
  /** As sent: `F`, `M`, `MALE`… */
  readonly gender?: string;
  /** As sent, usually `YYYY-MM-DD`. */
  readonly birthDate?: string;
  /** As sent: a country's name or its alpha-2 code. */
  readonly nationality?: string;
  /** Not verified. */
  readonly email?: string;
  /** E.164 where it could be read so; not verified. */
  readonly phone?: string;
}
