/** One cost of `bench/results/requests-*.json`. */
export interface RequestCost {
  readonly title: string;
  /** CPU of all threads, in microseconds. */
  readonly micros: number;
  /** Of them, the main thread's. */
  readonly mainMicros: number;
}

const [WIDTH, LABELS, ROW, TOP] = [900, 440, 26, 46];

/** The costs as bars: all threads, and within them the main thread. The same figures give the same text. */
export function performancePlot(costs: readonly RequestCost[], subtitle: string): string {
  const longest = Math.max(...costs.map(({ micros }) => micros));
  const scale = (WIDTH - LABELS - 90) / longest;
  const height = TOP + costs.length * ROW + 12;
  const rows = costs.map(({ title, micros, mainMicros }, index) => {
    const y = TOP + index * ROW;
    return [
      `<text x="${LABELS - 10}" y="${y + 15}" text-anchor="end">${escaped(title)}</text>`,
      bar(y, micros * scale, '#9db8d9'),
      bar(y, Math.min(mainMicros, micros) * scale, '#2f5d95'),
      `<text x="${(LABELS + micros * scale + 6).toFixed(1)}" y="${y + 15}">${micros}</text>`,
    ].join('\n');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="13">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    '<text x="10" y="18" font-weight="bold">CPU a request in microseconds; dark: the main thread</text>',
    `<text x="10" y="36" fill="#555555">${escaped(subtitle)}</text>`,
    ...rows,
    '</svg>',
    '',
  ].join('\n');
}

function bar(y: number, width: number, fill: string): string {
  return `<rect x="${LABELS}" y="${y + 2}" width="${width.toFixed(1)}" height="${ROW - 8}" fill="${fill}"/>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
