import { Injectable } from '@nestjs/common';
import { VodaPayError } from '../errors/vodapay-error.js';
import type { AuthenticationRequirements } from '../login/credentials.js';
import type { VodaPayPrincipal } from '../login/principal.js';
import { tellLog } from '../telemetry/tell-log.js';
import { handshakeAuthorization, rememberHandshake, type HandshakeRequest } from './contexts/handshake.js';
import { connectionOf } from './contexts/open-socket.js';
import { describeCause } from './describe-cause.js';
import { VodaPayStrategy } from './vodapay.strategy.js';

/**
 * Admits sockets when they connect, where Nest runs no guards: for gateways that push to their clients, and for those on
 * the package ws, whose clients don't remember the headers that they came with.
 */
@Injectable()
export class VodaPaySocketService {
  constructor(private readonly strategy: VodaPayStrategy) {}

  /**
   * The principal of the socket's handshake. Without one that counts the socket is closed (ws: code 4000 + status, the
   * refusal's code as reason; socket.io: event `exception`, then disconnected) and the answer is `undefined`. Never
   * rejects. The socket closes too when its session ends.
   *
   * @param request the upgrade request: with ws the second argument of `handleConnection`, not needed with socket.io
   * @param requirements as of `@VodaPayAuth()`; with `optional` a socket without credentials stays open as nobody's
   * @throws TypeError for a client of another library.
   * @example
   * async handleConnection(client: WebSocket, request: IncomingMessage) {
   *   const user = await this.sockets.admit(client, request);
   *   if (user === undefined) return;
   * }
   */
  async admit(
    client: object,
    request?: HandshakeRequest,
    requirements?: AuthenticationRequirements,
  ): Promise<VodaPayPrincipal | undefined> {
    const connection = connectionOf(client);
    if (connection === undefined) throw new TypeError('admit() takes a client of ws or of socket.io.');
    // Before anything waits: a message that comes meanwhile meets its own guard, which needs the handshake.
    if (request !== undefined) rememberHandshake(client, request);
    try {
      const user = await this.strategy.validate({ authorization: handshakeAuthorization(client) }, requirements);
      this.strategy.holdOpen(connection, user);
      return user;
    } catch (error) {
      if (!(error instanceof VodaPayError)) tellLog('vodapay.connection.failed', { origin: describeCause(error) });
      connection.close(error instanceof VodaPayError ? error : new VodaPayError('VODAPAY_SESSION_INVALID'));
      return undefined;
    }
  }
}
