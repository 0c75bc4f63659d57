import type { Refusal } from './refusal.js';

/** Thrown for every answer that is no success. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}
