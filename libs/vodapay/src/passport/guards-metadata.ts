/** The metadata of Nest's `@UseGuards()`. */
const GUARDS_METADATA = '__guards__';

/** The static property by which a guard of ours tells its instance. */
const INSTANCE = 'vodaPayInstance';

/** The instances of the module whose guards `@UseGuards()` names on this method or class. */
export function guardedInstances(target: object): readonly string[] {
  const guards: unknown = Reflect.getMetadata(GUARDS_METADATA, target);
  return Array.isArray(guards) ? guards.flatMap((guard: unknown) => instanceOf(guard) ?? []) : [];
}

/** Nest takes a class or an object that a class made. */
function instanceOf(guard: unknown): string | undefined {
  const made: unknown = typeof guard === 'object' && guard !== null ? guard.constructor : guard;
  return typeof made === 'function' && INSTANCE in made ? String(made[INSTANCE]) : undefined;
}
