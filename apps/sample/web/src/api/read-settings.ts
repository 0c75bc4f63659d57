/** What the shop's server tells its mini program. */
export interface Settings {
  /** The one origin that may show the shop in a frame; null where none may. */
  readonly embeddedBy: string | null;
  /** What to ask the customer for. */
  readonly scopes: readonly string[];
}

/** Who she is, and her profile. */
const DEFAULTS: Settings = { embeddedBy: null, scopes: ['auth_base', 'auth_user'] };

/** Reads `mini-program.json` beside the page. Without an answer the defaults count. */
export async function readSettings(base: string): Promise<Settings> {
  try {
    const answer = await fetch(`${base}mini-program.json`);
    return answer.ok ? ((await answer.json()) as Settings) : DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}
