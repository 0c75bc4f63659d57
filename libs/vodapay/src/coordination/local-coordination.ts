import { Coordination } from './coordination.js';

/** One process alone: every claim is granted and nobody listens. What its own requests share needs no coordination. */
export class LocalCoordination extends Coordination {
  override readonly isShared = false;

  override async claim(): Promise<undefined> {}

  override async read(): Promise<undefined> {}

  override async write(): Promise<void> {}

  override async publish(): Promise<void> {}

  override listen(): void {}

  override async close(): Promise<void> {}
}
