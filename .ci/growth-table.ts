/** What `bench/growth.ts --keep` writes. */
export interface KeptGrowth {
  readonly about: { readonly cpu: string; readonly node: string; readonly date: string; readonly method: string };
  readonly results: readonly {
    readonly database: string;
    readonly rows: readonly {
      readonly links: number;
      readonly returningMicros: number;
      readonly firstMicros: number;
    }[];
    readonly growth: { readonly returning: number; readonly first: number };
  }[];
}

/** A row for each database: CPU of a login among 10^4, 10^5 and 10^6 links, and how it grew. */
export function growthTable({ about, results }: KeptGrowth): string {
  const rows = results.map(({ database, rows: sizes, growth }) => {
    const returning = sizes.map(({ returningMicros }) => returningMicros).join(', ');
    const first = sizes.map(({ firstMicros }) => firstMicros).join(', ');
    return `| ${database} | ${returning} | ${growth.returning} | ${first} | ${growth.first} |`;
  });
  return [
    `${about.cpu}, Node ${about.node}, ${about.date}: ${about.method}.`,
    '',
    '| database | returning, µs among 10⁴, 10⁵, 10⁶ links | 10⁶ ÷ 10⁴ (wanted ≤ 1.3) | first login, µs | 10⁶ ÷ 10⁴ (≤ 1.5) |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}
