import type { CoordinationScope } from './coordination-scope.js';
import type { Coordination } from './coordination.js';

/** Where the processes of an instance meet, and by which names. */
export interface CoordinationBoard {
  readonly coordination: Coordination;
  readonly scope: CoordinationScope;
}
