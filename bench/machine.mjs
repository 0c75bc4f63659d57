import { cpus, loadavg } from 'node:os';

/** What a reader must know of the machine to judge figures that were taken on it. */
export function machine() {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    loadBefore: Number(loadavg()[0].toFixed(1)),
  };
}
