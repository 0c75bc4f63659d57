/** An ioredis client whose settings are taken; the connections themselves are the library's own. */
export interface RedisSource {
  duplicate(override?: object): unknown;
}
