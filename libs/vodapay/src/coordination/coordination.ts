/** Who listens for messages of other processes. */
export interface CoordinationListener {
  readonly heard: (channel: string, message: string) => void;
  /** Messages may have been missed from now on, until the next one is heard. */
  readonly interrupted: () => void;
}

/**
 * What the processes of one application share besides the database: values for seconds, and messages to all who listen.
 * It is given hashes as names and sealed texts as values, and nothing may depend on it: every method may reject, and does
 * so within some tens of milliseconds where the other side is slow, full, starting or gone. Values and messages may be
 * lost, forged and repeated; whoever reads them opens them first.
 */
export abstract class Coordination {
  /** Whether other processes can be reached by it at all. */
  abstract readonly isShared: boolean;

  /** Puts the value where none is. Returns the one that was there; undefined: ours is there now. */
  abstract claim(key: string, value: string, ttlMs: number): Promise<string | undefined>;

  abstract read(key: string): Promise<string | undefined>;

  abstract write(key: string, value: string, ttlMs: number): Promise<void>;

  /** Resolves when the message stands before every later one of anybody. */
  abstract publish(channel: string, message: string): Promise<void>;

  /** Begins to listen, and goes on for as long as it is open. Called once at most. */
  abstract listen(channels: readonly string[], listener: CoordinationListener): void;

  abstract close(): Promise<void>;
}
