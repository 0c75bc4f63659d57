import { createHash, createHmac, type KeyObject } from 'node:crypto';
import type { SecretBox } from '../session/secret-box.js';

/** Whose coordination it is: one instance of the module. */
export interface CoordinationScopeOptions {
  readonly namespace: string;
  readonly clientId: string;
  readonly baseUrl: string;
  readonly correlationKey: KeyObject;
}

/** Changes with the shape of what is sealed, so that versions of the library that run side by side don't meet. */
const FORMAT = 'v1';

/** The names under which one instance of the module meets itself in other processes, and how it seals what it says there (R14). */
export class CoordinationScope {
  /** The instance's own messages. By public values only: processes with other keys must meet here, to fall out of step aloud. */
  readonly channel: string;
  /** Messages to every instance of the namespace. */
  readonly namespaceChannel: string;
  private readonly prefix: string;

  constructor(
    private readonly options: CoordinationScopeOptions,
    private readonly box: SecretBox,
  ) {
    const { namespace, clientId, baseUrl } = options;
    this.prefix = `nestjs-vodapay:${FORMAT}:${digest([baseUrl, namespace, clientId])}`;
    this.channel = `${this.prefix}:notices`;
    this.namespaceChannel = `nestjs-vodapay:${FORMAT}:${digest([namespace])}:links`;
  }

  /** The name for a secret: nobody without the instance's key can tell what it stands for. */
  keyFor(kind: 'inquiry', secret: string): string {
    const hash = createHmac('sha256', this.options.correlationKey).update(kind).update(secret).digest('base64url');
    return `${this.prefix}:${kind}:${hash}`;
  }

  /** Bound to the key or channel it is meant for. */
  seal(value: object, name: string): Promise<string> {
    return this.box.seal(JSON.stringify(value), this.placeOf(name));
  }

  /** `undefined`: not of this instance, or not for this name. */
  async open(sealed: string, name: string): Promise<unknown> {
    try {
      return JSON.parse(await this.box.open(sealed, this.placeOf(name)));
    } catch {
      return undefined;
    }
  }

  private placeOf(name: string) {
    const { namespace, clientId } = this.options;
    return { namespace, clientId, table: 'coordination', rowId: name, column: FORMAT };
  }
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
