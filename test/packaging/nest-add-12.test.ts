import { describe } from 'vitest';
import { nestAddContract } from './nest-add.contract.js';

describe('nest add in a fresh application of Nest 12, ES modules, without users', () => {
  nestAddContract({ cli: '12', hasUsers: false });
});
