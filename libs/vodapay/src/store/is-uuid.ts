const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Whether a row of ours may have this id, which an application may have out of a URL: PostgreSQL refuses a statement whose
 * text holds a NUL, so that what names nothing would be answered as a failure.
 */
export function isUuid(id: string): boolean {
  return UUID.test(id);
}
