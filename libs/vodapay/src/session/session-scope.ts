/**
 * Whose sessions they are: one instance of the module. Client ids may share a namespace, and still none of them takes
 * a session of another (R14).
 */
export interface SessionScope {
  readonly namespace: string;
  readonly clientId: string;
}
