import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { VodaPayError } from '../errors/vodapay-error.js';
import { LiveSessions } from '../session/live-sessions.js';
import type { SessionEnd } from '../session/session-end.js';
import { MANY_SESSIONS } from '../session/session.sql.js';
import { errorType } from '../telemetry/error-type.js';
import { tellLog } from '../telemetry/tell-log.js';

/** Something that stays open longer than one request: a socket, a stream of events. */
export interface OpenConnection {
  isOpen(): boolean;
  /** Closes it, and says why where the transport has words for it. */
  close(reason: VodaPayError): void;
  /** Calls back once it is closed, by whomever. */
  onceClosed(listener: () => void): void;
}

/** Whose connection it is. */
export interface ConnectionOwner {
  readonly sessionId: string;
  readonly accountId: string;
  readonly linkId: string;
  /** Of the token that it was opened with, as stored; undefined where an application's own `validate` made the principal. */
  readonly tokenHash: string | undefined;
}

interface HeldConnection {
  readonly tokenHash: string | undefined;
  /** The last look found the session under another token. */
  isFormer: boolean;
}

interface HeldSession {
  readonly owner: Omit<ConnectionOwner, 'tokenHash'>;
  readonly open: Map<OpenConnection, HeldConnection>;
}

/** How often the sessions of open connections are looked up, in milliseconds: an ended session is seen within that time. */
const LOOK_EVERY_MS = 1_000;

/**
 * The open connections by session, to close them when their session ends: at once where this process ends it, and within
 * a second where another one does, or where it expires. One that was opened with a token which the session has since
 * exchanged is closed at the second look that finds it so: the first second is for the answer that carries the new token.
 * Holds no more than what is open; asks nothing while nothing is.
 */
@Injectable()
export class SessionConnections implements OnModuleInit, OnModuleDestroy {
  private readonly bySession = new Map<string, HeldSession>();
  private timer: NodeJS.Timeout | undefined;
  private looking = false;
  private endings: Subscription | undefined;
  private isStopped = false;

  constructor(private readonly sessions: LiveSessions) {}

  onModuleInit(): void {
    this.endings = this.sessions.ended$.subscribe((ended) => this.closeEnded(ended));
  }

  onModuleDestroy(): void {
    this.isStopped = true;
    this.endings?.unsubscribe();
    this.bySession.clear();
    this.restIfEmpty();
  }

  /**
   * Keeps the connection until it closes; once the application shuts down, none: its servers close them. The same
   * connection may be handed over with each of its messages.
   */
  hold(connection: OpenConnection, { tokenHash, ...owner }: ConnectionOwner): void {
    if (this.isStopped) return;
    const { sessionId } = owner;
    const held = this.bySession.get(sessionId) ?? { owner, open: new Map<OpenConnection, HeldConnection>() };
    if (held.open.has(connection) || !connection.isOpen()) return;
    held.open.set(connection, { tokenHash, isFormer: false });
    this.bySession.set(sessionId, held);
    this.timer ??= setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
    connection.onceClosed(() => this.letGo(sessionId, connection));
  }

  private letGo(sessionId: string, connection: OpenConnection): void {
    const held = this.bySession.get(sessionId);
    held?.open.delete(connection);
    if (held?.open.size === 0) this.bySession.delete(sessionId);
    this.restIfEmpty();
  }

  private closeEnded(ended: SessionEnd): void {
    for (const [sessionId, { owner }] of this.bySession) if (isOf(owner, ended)) this.closeSession(sessionId);
  }

  private closeSession(sessionId: string): void {
    const held = this.bySession.get(sessionId);
    this.bySession.delete(sessionId);
    for (const connection of held?.open.keys() ?? []) shut(connection);
    this.restIfEmpty();
  }

  /** Twice seen, because a session may be exchanged and a connection opened with its new token while a look is under way. */
  private closeFormer(sessionId: string, tokenHash: string): void {
    for (const [connection, held] of this.bySession.get(sessionId)?.open ?? []) {
      const isFormer = held.tokenHash !== undefined && held.tokenHash !== tokenHash;
      if (isFormer && held.isFormer) {
        this.letGo(sessionId, connection);
        shut(connection);
      } else held.isFormer = isFormer;
    }
  }

  /** One lookup at a time: a slow database doesn't pile them up. */
  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      const ids = [...this.bySession.keys()];
      for (let start = 0; start < ids.length; start += MANY_SESSIONS) {
        await this.lookUp(ids.slice(start, start + MANY_SESSIONS));
      }
    } catch (error) {
      // Every message is checked by itself; a listener stays connected while the database is away.
      tellLog('vodapay.connections.not-checked', { code: errorType(error) });
    } finally {
      this.looking = false;
    }
  }

  private async lookUp(ids: readonly string[]): Promise<void> {
    const alive = await this.sessions.aliveAmong(ids);
    for (const id of ids) {
      const tokenHash = alive.get(id);
      if (tokenHash === undefined) this.closeSession(id);
      else this.closeFormer(id, tokenHash);
    }
  }

  private restIfEmpty(): void {
    if (this.bySession.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}

/** One that can't be closed must not keep the others open. */
function shut(connection: OpenConnection): void {
  try {
    connection.close(new VodaPayError('VODAPAY_SESSION_INVALID'));
  } catch (error) {
    tellLog('vodapay.connections.not-closed', { code: errorType(error) });
  }
}

function isOf(owner: HeldSession['owner'], ended: SessionEnd): boolean {
  switch (ended.kind) {
    case 'session':
      return owner.sessionId === ended.sessionId;
    case 'account':
      return owner.accountId === ended.accountId;
    case 'link':
      return owner.linkId === ended.linkId;
  }
}
