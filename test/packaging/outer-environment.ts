const FOREIGN = /^(?:npm_(?!config_)|VITEST|NODE_ENV$|NODE_OPTIONS$|TEST$|PORT$|INIT_CWD$)/;

/** Without what npm and Vitest tell their own children: what is started with it is no part of this repository. */
export function outerEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));
}
