export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/**
 * What a goal is about, as measured: the median of the rounds' own ratios, since what disturbs a whole round disturbs both
 * sides of its ratio. Without a `to` it is the figure itself. `figure` says which one; default the CPU of all threads.
 */
export function reachedOf({ of, to, times = 1, figure = 'all' }, samples) {
  const values = samples[of][figure];
  if (to === undefined) return median(values);
  return median(values.map((value, round) => (value / samples[to][figure][round]) * times));
}
