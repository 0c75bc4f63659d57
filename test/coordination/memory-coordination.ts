import { Coordination, type CoordinationListener } from '../../libs/vodapay/src/coordination/coordination.js';

/** What several processes share, in the memory of one: each takes a part of its own of the same board. */
export class MemoryBoard {
  readonly values = new Map<string, string>();
  readonly listeners: { readonly channels: readonly string[]; readonly listener: CoordinationListener }[] = [];
  /** Every message, in order. */
  readonly said: string[] = [];
}

export class MemoryCoordination extends Coordination {
  override readonly isShared = true;
  isDown = false;

  constructor(private readonly board: MemoryBoard) {
    super();
  }

  override async claim(key: string, value: string): Promise<string | undefined> {
    this.mustBeUp();
    const held = this.board.values.get(key);
    if (held === undefined) this.board.values.set(key, value);
    return held;
  }

  override async read(key: string): Promise<string | undefined> {
    this.mustBeUp();
    return this.board.values.get(key);
  }

  override async write(key: string, value: string): Promise<void> {
    this.mustBeUp();
    this.board.values.set(key, value);
  }

  override async publish(channel: string, message: string): Promise<void> {
    this.mustBeUp();
    this.board.said.push(message);
    for (const { channels, listener } of this.board.listeners) {
      if (channels.includes(channel)) listener.heard(channel, message);
    }
  }

  override listen(channels: readonly string[], listener: CoordinationListener): void {
    this.board.listeners.push({ channels, listener });
  }

  override async close(): Promise<void> {}

  private mustBeUp(): void {
    if (this.isDown) throw new Error('down');
  }
}
