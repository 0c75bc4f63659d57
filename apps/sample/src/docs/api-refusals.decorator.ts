import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { Refusal } from '../refusals/refusal.models.js';

const REASONS = {
  400: 'The request or its credentials have the wrong shape.',
  401: 'No credentials, or credentials that are invalid, used, expired or ended.',
  403: 'The wallet or the account says no: denied, frozen, disabled, orphaned, incomplete.',
  409: 'A proof is needed first, an account exists already, or this is the last way to sign in.',
  429: 'Too many tries. Try again after Retry-After.',
  502: 'The wallet refuses this merchant, or its answer cannot be trusted.',
  503: 'The wallet or the database does not answer. Try again after Retry-After.',
  504: 'The wallet did not answer within the deadline.',
} as const;

/** Documents the refusals of a route. */
export const ApiRefusals = (...statuses: readonly (keyof typeof REASONS)[]): MethodDecorator & ClassDecorator =>
  applyDecorators(...statuses.map((status) => ApiResponse({ status, type: Refusal, description: REASONS[status] })));
