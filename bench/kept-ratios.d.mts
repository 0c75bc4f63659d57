type Ratios = Readonly<Record<string, number>>;

export function ratioOfSums(
  ratio: { readonly of: readonly string[]; readonly to: readonly string[] },
  costs: Readonly<Record<string, readonly number[]>>,
): number;
export function nearestMajor(majors: readonly number[], wanted: number): number | undefined;
export function costlier<R extends { readonly id: string; readonly worseBy: number }>(
  ratios: readonly R[],
  reached: Ratios,
  kept: Ratios,
): R[];
