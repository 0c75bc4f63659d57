import { ROUTE_RULE, ruleOn, type RouteRule } from './route-rule.js';

/** Writes the rule on a method or class. Two rules on the same one contradict each other: a TypeError. */
export function setRouteRule(rule: RouteRule): MethodDecorator & ClassDecorator {
  return (target: object, name?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const decorated: object = descriptor === undefined ? target : (descriptor.value as object);
    if (ruleOn(decorated) !== undefined) {
      const place = descriptor === undefined ? (target as { readonly name: string }).name : String(name);
      throw new TypeError(`"${place}" has more than one of @VodaPayAuth() and @Public(). Keep one.`);
    }
    Reflect.defineMetadata(ROUTE_RULE, Object.freeze(rule), decorated);
  };
}
