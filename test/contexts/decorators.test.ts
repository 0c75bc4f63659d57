import type { ExecutionContext } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Public, VodaPayAuth, VodaPayAuthGuard, type VodaPayAuthRequirements } from 'nestjs-vodapay';
import { describe, expect, it } from 'vitest';
import type { VodaPayStrategy } from '../../libs/vodapay/src/passport/vodapay.strategy.js';

/** A context of a kind, with these arguments, on a handler of this class. */
function contextOf(type: string, args: readonly unknown[], target: new () => { run(): void }): ExecutionContext {
  return {
    getType: () => type,
    getArgByIndex: (index: number) => args[index],
    getHandler: () => target.prototype.run,
    getClass: () => target,
  } as unknown as ExecutionContext;
}

class Plain {
  run(): void {}
}

class Opened {
  @Public()
  run(): void {}
}

/** A strategy that would let everybody in: only the guard itself can refuse. */
const obliging = { identify: () => undefined, holdOpen: () => undefined } as unknown as VodaPayStrategy;
const guard = new VodaPayAuthGuard(obliging, new HttpAdapterHost());

describe('R11: what the guard does not understand it denies', () => {
  it.each(['necord', 'telegraf', 'constructor', 'toString', ''])('a context of the kind "%s"', async (type) => {
    const request = { headers: {} };
    await expect(guard.canActivate(contextOf(type, [request, {}], Plain))).rejects.toMatchObject({
      code: 'VODAPAY_CONTEXT_UNSUPPORTED',
    });
  });

  it.each([
    ['HTTP without a request', 'http', []],
    ['GraphQL whose context has no request', 'graphql', [undefined, {}, {}, {}]],
    ['GraphQL whose request has neither headers nor a handshake', 'graphql', [undefined, {}, { req: {} }, {}]],
    ['GraphQL without info', 'graphql', [undefined, {}, { req: { headers: {} } }]],
  ] as const)('%s', async (_, type, args) => {
    await expect(guard.canActivate(contextOf(type, args, Plain))).rejects.toMatchObject({
      message: expect.stringContaining('denies what it does not know'),
    });
  });

  it.each([
    ['a gateway without a client', 'ws', [undefined, {}]],
    ['a message without a context of its own', 'rpc', ['data']],
  ] as const)('%s', async (_, type, args) => {
    await expect(guard.canActivate(contextOf(type, args, Plain))).rejects.toMatchObject({
      error: { code: 'VODAPAY_CONTEXT_UNSUPPORTED' },
    });
  });

  it('lets through what its author made public', async () => {
    expect(await guard.canActivate(contextOf('necord', [], Opened))).toBe(true);
  });
});

describe('A decorator that is used wrongly stops the start', () => {
  const decorating = (requirements: unknown) => () => VodaPayAuth(requirements as VodaPayAuthRequirements);

  it.each([
    ['credentials', { credentials: [] }],
    ['credentials', { credentials: ['authcode'] }],
    ['credentials', { credentials: 'authCode' }],
    ['optional', { optional: 'false' }],
    ['freshWithinMs', { freshWithinMs: 0 }],
    ['freshWithinMs', { freshWithinMs: Number.NaN }],
    ['freshWithinMs', { freshWithinMs: '60000' }],
    ['optinal', { optinal: true }],
  ])('@VodaPayAuth names %s: %j', (option, requirements) => {
    expect(decorating(requirements)).toThrow(TypeError);
    expect(decorating(requirements)).toThrow(option);
  });

  it('@VodaPayAuth() and @Public() on one method contradict each other', () => {
    const declare = (): unknown => {
      class Contradictory {
        @Public()
        @VodaPayAuth()
        run(): void {}
      }
      return Contradictory;
    };
    expect(declare).toThrow('"run" has more than one of @VodaPayAuth() and @Public()');
  });

  it('the rule of a method counts before that of its class, either way', async () => {
    @Public()
    class OpenClass {
      @VodaPayAuth()
      run(): void {}
    }
    @VodaPayAuth()
    class GuardedClass {
      @Public()
      run(): void {}
    }
    const strict = { identify: () => Promise.reject(new Error('asked')) } as unknown as VodaPayStrategy;
    const asking = new VodaPayAuthGuard(strict, new HttpAdapterHost());
    const args = [{ headers: {} }, {}];
    await expect(asking.canActivate(contextOf('http', args, OpenClass))).rejects.toThrow('asked');
    expect(await asking.canActivate(contextOf('http', args, GuardedClass))).toBe(true);
  });
});
