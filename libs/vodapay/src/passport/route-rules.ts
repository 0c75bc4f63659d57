import { scopesOn } from './required-scopes.js';
import { ROUTE_RULE, type RouteRule } from './route-rule.js';

/** A method, or the class that it is called on: of an inherited method there may be several. */
type Target = object;

/** What each route says, put together once: the rule of a method before that of its class, and the scopes of both. */
export class RouteRules {
  private readonly known = new WeakMap<Target, WeakMap<Target, RouteRule>>();

  of(handler: Target, owner: Target): RouteRule {
    const ofHandler = this.known.get(handler) ?? new WeakMap<Target, RouteRule>();
    const known = ofHandler.get(owner);
    if (known !== undefined) return known;
    const rule = readRule(handler, owner);
    this.known.set(handler, ofHandler.set(owner, rule));
    return rule;
  }
}

function readRule(handler: Target, owner: Target): RouteRule {
  const rule = ruleOf(handler) ?? ruleOf(owner) ?? UNDECORATED;
  if (rule.kind === 'public') return rule;
  const scopes = new Set([...(rule.asks.scopes ?? []), ...scopesOn(owner), ...scopesOn(handler)]);
  return scopes.size === 0 ? rule : { kind: 'guarded', asks: Object.freeze({ ...rule.asks, scopes: [...scopes] }) };
}

/** Inherited ones count, as everywhere in Nest. */
const ruleOf = (target: Target): RouteRule | undefined => Reflect.getMetadata(ROUTE_RULE, target);

/** A route that says nothing takes what the module takes. */
const UNDECORATED: RouteRule = Object.freeze({ kind: 'guarded', asks: Object.freeze({}) });
