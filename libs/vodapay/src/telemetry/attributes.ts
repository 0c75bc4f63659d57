/**
 * Everything that a span or a metric may tell. A closed list of words out of small sets: no token, code, key, id of an
 * account, user or session, name, e-mail or phone has a place here (R19).
 */
export interface TelemetryAttributes {
  /** Name of the module's instance. */
  readonly 'vodapay.instance'?: string;
  readonly 'vodapay.operation'?: 'applyToken' | 'inquiryUserInfo';
  /** VodaPay's code, where the library knows it; `_OTHER` for any other. */
  readonly 'vodapay.result.code'?: string;
  /** Which proof a request brought. */
  readonly 'vodapay.credential'?: 'authCode' | 'session' | 'accessToken' | 'linkTicket';
  readonly 'vodapay.outcome'?: 'created' | 'existing' | 'linked';
  readonly 'vodapay.circuit.state'?: 'open' | 'closed';
  readonly 'vodapay.cache.result'?: 'hit' | 'miss';
  readonly 'vodapay.session.end'?: SessionEndReason;
  readonly 'vodapay.link.change'?: 'linked' | 'moved' | 'unlinked' | 'erased';
  /** Code of a `VodaPayError`; `_OTHER` for any other failure. Absent: it went well. */
  readonly 'error.type'?: string;
  readonly 'http.request.method'?: 'POST';
  readonly 'http.request.resend_count'?: number;
  readonly 'http.response.status_code'?: number;
  readonly 'server.address'?: string;
  readonly 'server.port'?: number;
  /** Paths of the wallet are constants and have no query. */
  readonly 'url.full'?: string;
}

/**
 * Why sessions ended. `asked`: by `end` of the session service, a sign-out · `account`: all of an account · `link`: its
 * link went or moved · `withdrawn`: the wallet took the token back · `surplus`: beyond `session.maxPerAccount` ·
 * `expired`: deleted after its time.
 */
export type SessionEndReason = 'asked' | 'account' | 'link' | 'withdrawn' | 'surplus' | 'expired';

/** Where a value is none of the few that are told apart, as OpenTelemetry's conventions write it. */
export const OTHER = '_OTHER';
