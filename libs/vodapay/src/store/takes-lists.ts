import type { DataSource } from 'typeorm';

/** Whether a value may be a list, for `= ANY(?)`: one text, prepared once, whatever the list's length. */
export function takesLists({ options }: DataSource): boolean {
  return options.type === 'postgres';
}
