/** Loads an optional peer when it is first needed; its absence is a mistake in the application's set-up. */
export async function loadPeer<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    throw new TypeError(`nestjs-vodapay needs ${name} to answer here. Install it beside the library.`, { cause });
  }
}
