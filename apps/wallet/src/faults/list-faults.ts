import { FAULTS } from './faults.js';

export interface ListedFault {
  readonly name: string;
  readonly says: string;
  readonly calls: readonly string[];
}

/** The table as the page and `GET /faults` show it. */
export function listFaults(): readonly ListedFault[] {
  return Object.entries(FAULTS).map(([name, { says, calls }]) => ({ name, says, calls }));
}
