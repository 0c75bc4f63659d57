/** An ioredis client, of one server or of sentinels, whose settings are taken; the connections themselves are the library's own. */
export interface RedisSource {
  duplicate(override?: object): unknown;
}
