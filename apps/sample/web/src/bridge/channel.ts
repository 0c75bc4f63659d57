/** Messages to and from whoever shows this page and can call `my.getAuthCode`. */
export interface Channel {
  send(message: unknown): void;
  /** Calls back with each message that comes, of that sender only. Returns what ends it. */
  listen(heard: (message: unknown) => void): () => void;
}
