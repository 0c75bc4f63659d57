export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The median of the rounds' own ratios: what disturbs a whole round disturbs both sides of its ratio. */
export function ratioOf(goal, samples) {
  const { of, to, times = 1 } = goal;
  return median(samples[of].map((value, round) => (value / samples[to][round]) * times));
}
