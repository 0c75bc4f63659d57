/** What `bench/simulate-morning.mjs --keep` writes. */
export interface KeptCapacity {
  readonly cost: { readonly login: number; readonly guarded: number };
  readonly models: readonly {
    readonly users: number;
    readonly loginsASecond: number;
    readonly requestsASecond: number;
    readonly walletCallsASecond: number;
    readonly statementsASecond: number;
    readonly busyCores: number;
    readonly cores: number;
  }[];
  readonly simulated: readonly {
    readonly users: number;
    readonly cores: number;
    readonly busy: number;
    readonly modelBusy: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
  }[];
}

/** The needs of the busiest minute, a column for each number of users. */
export function capacityTable({ cost, models }: KeptCapacity): string {
  const row = (title: string, of: (model: KeptCapacity['models'][number]) => number, digits = 0): string =>
    `| ${[title, ...models.map((model) => grouped(of(model), digits))].join(' | ')} |`;
  return [
    `A login costs ${cost.login} µs of CPU, a guarded request ${cost.guarded} µs.`,
    '',
    `| in the busiest minute | ${models.map(({ users }) => `${grouped(users)} users`).join(' | ')} |`,
    `|---|${models.map(() => '---|').join('')}`,
    row('logins a second', ({ loginsASecond }) => loginsASecond),
    row('guarded requests a second', ({ requestsASecond }) => requestsASecond),
    row('calls to the wallet a second', ({ walletCallsASecond }) => walletCallsASecond),
    row('SQL statements a second, at most', ({ statementsASecond }) => statementsASecond),
    row('cores that are busy', ({ busyCores }) => busyCores, 2),
    row('cores to have (never below two)', ({ cores }) => cores),
  ].join('\n');
}

/** The model beside the simulation. */
export function simulationTable({ simulated }: KeptCapacity): string {
  const rows = simulated.map(
    ({ users, cores, busy, modelBusy, p50Ms, p99Ms }) =>
      `| ${grouped(users)} | ${cores} | ${percent(modelBusy)} | ${percent(busy)} | ${p50Ms.toFixed(2)} ms | ${p99Ms.toFixed(2)} ms |`,
  );
  return [
    '| users | cores | busy, by the model | simulated | waiting for a core, median | p99 |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function grouped(value: number, digits = 0): string {
  return value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
