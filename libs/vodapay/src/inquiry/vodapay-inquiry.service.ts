import { HttpService } from '@nestjs/axios';
import { Inject, Injectable, Optional, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import type { Departure } from '../departure.js';
import { OPERATIONS, type Operation, type OperationName } from '../protocol/operations.js';
import { readTokens } from '../protocol/read-tokens.js';
import { readUserInfo } from '../protocol/read-user-info.js';
import type { SuccessfulAnswer } from '../protocol/successful-answer.js';
import type { VodaPayTokens } from '../protocol/vodapay-tokens.js';
import type { VodaPayUserInfo } from '../protocol/vodapay-user-info.js';
import { NO_TELEMETRY } from '../telemetry/no-telemetry.js';
import { Telemetry } from '../telemetry/telemetry.js';
import type { ResolvedVodaPayOptions } from '../vodapay.options.js';
import { VODAPAY_CLOCK, VODAPAY_MONOTONIC_CLOCK, VODAPAY_OPTIONS } from '../vodapay.tokens.js';
import { checkInput } from './check-input.js';
import { AuthCodeInput, InquiryInput, RefreshTokenInput } from './inquiry-inputs.js';
import { logAttempt, logFailure } from './log-attempt.js';
import { repeatWithinDeadline } from './repeat-within-deadline.js';
import { outcomeOfError } from './resilience/call-outcome.js';
import type { CallPurpose } from './resilience/call-purpose.js';
import type { CircuitStatus } from './resilience/circuit.js';
import { WalletGate } from './resilience/wallet-gate.js';
import { authCodeBody, inquiryBody, refreshTokenBody } from './request-bodies.js';
import { retireConnections } from './retire-connections.js';
import { serverPlace, type ServerPlace } from './server-place.js';
import { signedCall } from './signed-call.js';
import { switchesVerificationOff } from './switches-verification-off.js';
import { traceAttempt } from './trace-attempt.js';
import { WalletKeyRing } from './wallet-key-ring.js';

export interface CallOptions {
  /** Cancels the call, also while it waits for its next attempt: VODAPAY_REQUEST_ABORTED. */
  readonly signal?: AbortSignal | undefined;
  /** The same without an AbortSignal, in its place: calls back when nobody waits any more, and gives what ends the listening. */
  readonly departure?: Departure | undefined;
  /** Stands in the log lines of this call as it is, and joins them with others of yours. Default: none. */
  readonly correlationId?: string | undefined;
}

export interface InquiryOptions extends CallOptions {
  /**
   * What the call is for: sign-ins and revalidations of sessions keep room for each other, and a call whose auth code is
   * spent (`finish-sign-in`) is not turned away while others wait. Default `sign-in`.
   */
  readonly purpose?: CallPurpose | undefined;
  /** A shorter deadline than the option `timeoutMs`, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** JSON as a string, at most 4096 characters, no line breaks. */
  readonly extendInfo?: string | undefined;
}

/**
 * The signed calls to the wallet: sign → send → verify → read. Every failure is a `VodaPayError`, save a wrong
 * `extendInfo`, which is a `TypeError`.
 *
 * @example
 * const { accessToken } = await inquiry.applyToken(authCode);
 * const { userId } = await inquiry.inquiryUserInfo(accessToken);
 */
@Injectable()
export class VodaPayInquiryService implements OnModuleDestroy, OnApplicationShutdown {
  private readonly ring: WalletKeyRing;
  private readonly gate: WalletGate;
  private readonly server: ServerPlace;

  constructor(
    private readonly http: HttpService,
    @Inject(VODAPAY_OPTIONS) private readonly options: ResolvedVodaPayOptions,
    @Inject(VODAPAY_CLOCK) private readonly now: () => number,
    @Optional()
    @Inject(VODAPAY_MONOTONIC_CLOCK)
    private readonly monotonicMs: () => number = () => performance.now(),
    @Optional()
    private readonly telemetry: Telemetry = NO_TELEMETRY,
  ) {
    requireVerification(http);
    this.server = serverPlace(options.baseUrl);
    this.ring = new WalletKeyRing(options);
    this.gate = new WalletGate(options.resilience, monotonicMs, telemetry);
  }

  onModuleDestroy(): void {
    this.gate.close();
  }

  /** After the last request was answered: until then they ask the wallet. */
  onApplicationShutdown(): void {
    retireConnections(this.http);
  }

  /** Whether calls of an operation go out at the moment, and when they will again. Calls nobody. */
  circuit(operation: OperationName): CircuitStatus {
    return this.gate.status(operation);
  }

  /**
   * Before work that is lost if a call of the operation is refused at its end: throws VODAPAY_CIRCUIT_OPEN where it would be
   * now; while the wallet fails, one at a time goes on. Calls nobody.
   *
   * @returns what ends the reservation, to be called when the work is over
   */
  reserve(operation: OperationName): () => void {
    return this.gate.reserve(operation);
  }

  /** Who the token's user is. It only reads, so U and lost answers are asked again, up to `maxAttempts` in all. */
  async inquiryUserInfo(accessToken: string, options: InquiryOptions = {}): Promise<VodaPayUserInfo> {
    const { extendInfo } = options;
    const input = checkInput(InquiryInput, { authClientId: this.options.clientId, accessToken, extendInfo });
    return readUserInfo(await this.call(OPERATIONS.inquiryUserInfo, inquiryBody(input), options));
  }

  /** Tokens for a one-time auth code. Sent again only if it surely never left: after a lost answer the code may be used. */
  async applyToken(authCode: string, { signal, departure, correlationId }: CallOptions = {}): Promise<VodaPayTokens> {
    const body = authCodeBody(checkInput(AuthCodeInput, { authCode }));
    return readTokens(await this.call(OPERATIONS.applyToken, body, { signal, departure, correlationId }));
  }

  /** New tokens for a refresh token, which may be used up by it. Sent again only if it surely never left. */
  async refreshToken(
    refreshToken: string,
    { signal, departure, correlationId }: CallOptions = {},
  ): Promise<VodaPayTokens> {
    const body = refreshTokenBody(checkInput(RefreshTokenInput, { refreshToken }));
    const call = { purpose: 'revalidation', signal, departure, correlationId } as const;
    return readTokens(await this.call(OPERATIONS.applyToken, body, call));
  }

  private call(
    operation: Operation,
    body: string,
    {
      purpose = 'sign-in',
      timeoutMs = this.options.timeoutMs,
      signal,
      departure = departureOn(signal),
      correlationId,
    }: InquiryOptions,
  ): Promise<SuccessfulAnswer> {
    const { http, options, server, ring, gate, now, monotonicMs, telemetry } = this;
    const { maxAttempts, resilience } = options;
    const { retries } = gate;
    const passage = gate.passage(operation.name, purpose, timeoutMs);
    return telemetry.span(`vodapay.${operation.name}`, async (span) => {
      span.note({ 'vodapay.operation': operation.name });
      const attempts = passage.attempts((number, cancellation) =>
        traceAttempt(telemetry, { operation, server, number, span }, (note) =>
          logAttempt({ operation, number, correlationId }, () =>
            signedCall(operation, body, { http, options, ring, now, note, correlationId }, cancellation),
          ),
        ),
      );
      try {
        const answer = await repeatWithinDeadline(
          operation,
          attempts,
          { maxAttempts, resilience, timeoutMs },
          { passage, retries, monotonicMs, departure },
        );
        retries.earn();
        passage.ended('answered', correlationId);
        return answer;
      } catch (error) {
        logFailure({ operation, correlationId }, error, passage.wentOut);
        passage.ended(outcomeOfError(error), correlationId);
        throw error;
      }
    });
  }
}

function departureOn(signal: AbortSignal | undefined): Departure | undefined {
  if (signal === undefined) return undefined;
  return (gone) => {
    if (signal.aborted) gone();
    signal.addEventListener('abort', gone, { once: true });
    return () => signal.removeEventListener('abort', gone);
  };
}

function requireVerification({ axiosRef }: HttpService): void {
  // An application's mock may have no axios instance.
  const agent: unknown = (axiosRef as HttpService['axiosRef'] | undefined)?.defaults?.httpsAgent;
  if (!switchesVerificationOff(agent)) return;
  throw new TypeError(
    'httpsAgent has rejectUnauthorized: false, but the TLS certificate of the wallet is always verified. ' +
      'For a private certificate authority, give the agent its certificate as "ca" instead.',
  );
}
