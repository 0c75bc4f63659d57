/** The moment in a uuid v7 (RFC 9562 §5.7), epoch milliseconds. */
export function uuidTime(uuid: string): number {
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
}
