/** The one origin that may show the shop in a frame, as its server says; undefined where none may. */
export async function readSettings(): Promise<string | undefined> {
  const answer = await fetch(new URL('mini-program.json', location.href)).catch(() => undefined);
  if (answer?.ok !== true) return undefined;
  const { embeddedBy } = (await answer.json()) as { readonly embeddedBy: string | null };
  return embeddedBy ?? undefined;
}
