import type { FaultGroup } from './fault.js';
import { FAULT_GROUPS } from './faults.js';

export interface ListedFault {
  readonly name: string;
  readonly group: FaultGroup;
  readonly says: string;
  readonly calls: readonly string[];
}

/** The tables as the page and `GET /faults` show them. */
export function listFaults(): readonly ListedFault[] {
  return (Object.keys(FAULT_GROUPS) as FaultGroup[]).flatMap((group) =>
    Object.entries(FAULT_GROUPS[group]).map(([name, { says, calls }]) => ({ name, group, says, calls })),
  );
}
