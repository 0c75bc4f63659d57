import type { DataSource } from 'typeorm';

/**
 * Whether one value may stand for many, a list for `= ANY(?)` or JSON for rows: one text, prepared once, whatever their
 * number.
 */
export function takesLists({ options }: DataSource): boolean {
  return options.type === 'postgres';
}
