import type { ArgumentsHost } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { VodaPayError, VodaPayExceptionFilter } from 'nestjs-vodapay';
import { firstValueFrom, type Observable } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';

const error = new VodaPayError('VODAPAY_STORE_UNAVAILABLE', { retryAfterMs: 1_500 });
const body = { statusCode: 503, code: error.code, message: error.message, next: 'retry' };
const filter = new VodaPayExceptionFilter(new HttpAdapterHost());
const hostOf = (type: string, ...args: readonly unknown[]): ArgumentsHost =>
  ({ getType: () => type, getArgByIndex: (index: number) => args[index] }) as unknown as ArgumentsHost;

describe('A VodaPayError thrown by the application itself is answered as the guard refuses', () => {
  it('to GraphQL, with extensions and none of them in a print of the error', () => {
    const answer = (): unknown => filter.catch(error, hostOf('graphql'));
    const { message: _, ...rest } = body;
    expect(answer).toThrow(expect.objectContaining({ message: error.message }));
    try {
      answer();
    } catch (thrown) {
      expect((thrown as { readonly extensions: unknown }).extensions).toEqual({ ...rest, retryAfterSeconds: 2 });
      expect(Object.keys(thrown as object)).not.toContain('extensions');
    }
  });

  it('to a microservice, as the error of its answer', async () => {
    await expect(firstValueFrom(filter.catch(error, hostOf('rpc')) as Observable<unknown>)).rejects.toEqual(body);
  });

  it('to a ws client as text, and to a socket.io client as an event', () => {
    const ws = { readyState: 1, send: vi.fn(), close: vi.fn() };
    const socket = { handshake: { headers: {} }, emit: vi.fn(), disconnect: vi.fn() };
    filter.catch(error, hostOf('ws', ws));
    filter.catch(error, hostOf('ws', socket));
    expect(ws.send).toHaveBeenCalledWith(JSON.stringify({ event: 'exception', data: body }));
    expect(socket.emit).toHaveBeenCalledWith('exception', body);
  });

  it('and is passed on where the kind of context is not known', () => {
    expect(() => filter.catch(error, hostOf('cron'))).toThrow(error);
  });
});
