/** What the subjects of one side cost against those of the other, over all rounds. `costs`: id → a cost a round. */
export function ratioOfSums({ of, to }, costs) {
  const sum = (ids) => ids.flatMap((id) => costs[id]).reduce((total, cost) => total + cost, 0);
  return sum(of) / sum(to);
}

/** Of these majors of Node the nearest to the wanted one; of two as near, the lower. */
export function nearestMajor(majors, wanted) {
  const distance = (major) => Math.abs(major - wanted);
  return majors.toSorted((a, b) => distance(a) - distance(b) || a - b)[0];
}

/** Of these ratios the ones that are worse than what is kept by more than they may be; what nobody has kept is none of them. */
export function costlier(ratios, reached, kept) {
  return ratios.filter(({ id, worseBy }) => kept[id] !== undefined && reached[id] > kept[id] * worseBy);
}
