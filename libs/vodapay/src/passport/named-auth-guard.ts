import { Inject, Injectable, type CanActivate, type ExecutionContext, type Type } from '@nestjs/common';
import { DEFAULT_INSTANCE, instanceName, instanceToken } from '../vodapay.tokens.js';
import { VodaPayAuthGuard as InstanceGuard } from './vodapay-auth.guard.js';

/** Injection token of the guard of a named instance. */
export const guardToken = (name: string): string => instanceToken(InstanceGuard.name, name);

/** A class that guards (`@UseGuards(VodaPayAuthGuard)`), and a function that gives the guard of a named instance. */
export interface VodaPayAuthGuardClass {
  new (...dependencies: ConstructorParameters<typeof InstanceGuard>): InstanceGuard;
  (name?: string): Type<CanActivate>;
  readonly prototype: InstanceGuard;
}

/**
 * The guard of `vodapay-auth.guard.ts`. Called with a name it is the guard of that instance, which takes nothing that
 * another instance has issued (R14). Each call makes a class: keep it where a test is to override it.
 *
 * @example
 * @UseGuards(VodaPayAuthGuard)          // of VodaPayModule.forRoot({ name: 'shop', … }): VodaPayAuthGuard('shop')
 * @Get('me')
 * me(@VodaPayUser() user: VodaPayPrincipal) {}
 */
export const VodaPayAuthGuard: VodaPayAuthGuardClass = callable(InstanceGuard);
export type VodaPayAuthGuard = InstanceGuard;

/** A subclass made by hand, because a `class` refuses to be called. What Nest notes on the parent counts for it too. */
function callable(parent: typeof InstanceGuard): VodaPayAuthGuardClass {
  function VodaPayAuthGuard(this: unknown, ...given: unknown[]): unknown {
    return new.target === undefined ? guardOf(given[0]) : Reflect.construct(parent, given, new.target);
  }
  Object.setPrototypeOf(VodaPayAuthGuard, parent);
  VodaPayAuthGuard.prototype = Object.create(parent.prototype, {
    constructor: { value: VodaPayAuthGuard, writable: true, configurable: true },
  });
  return VodaPayAuthGuard as unknown as VodaPayAuthGuardClass;
}

/** Hands over to the guard that the named module made: its dependencies are that module's own. */
function guardOf(given: unknown): Type<CanActivate> {
  const name = instanceName(given);
  const token = name === DEFAULT_INSTANCE ? VodaPayAuthGuard : guardToken(name);

  @Injectable()
  class NamedVodaPayAuthGuard implements CanActivate {
    /** Which instance it guards for. */
    static readonly vodaPayInstance = name;

    constructor(@Inject(token) private readonly guard: CanActivate) {}

    canActivate(context: ExecutionContext): ReturnType<CanActivate['canActivate']> {
      return this.guard.canActivate(context);
    }
  }
  return NamedVodaPayAuthGuard;
}
