import { describe } from 'vitest';
import { nestAddContract } from './nest-add.contract.js';

describe('nest add in a fresh application of Nest 11, CommonJS, with users of its own', () => {
  nestAddContract({ cli: '11', hasUsers: true });
});
