import { BadRequestException, ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';

/** A body that the route's model refuses; the message names our own fields only. */
export class InvalidBody extends BadRequestException {}

/** Takes a body as its model says, and nothing else. */
export const bodyValidation = (): ValidationPipe =>
  new BodyValidation({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new InvalidBody(errors.map(sentence).join(' ')),
  });

/** The name of an unknown field is the client's text, so it is not repeated. */
function sentence({ constraints = {} }: ValidationError): string {
  const reasons = 'whitelistValidation' in constraints ? ['the body has a field that this route does not know'] : [];
  const known = Object.entries(constraints).filter(([kind]) => kind !== 'whitelistValidation');
  return [...reasons, ...known.map(([, reason]) => reason)].map((reason) => `${reason}.`).join(' ');
}

/**
 * The validators throw where a text holds half a character, or a list lies in thousands of others: a mistake of the client.
 */
class BodyValidation extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return (await super.transform(value, metadata)) as unknown;
    } catch (error) {
      const isUnreadable = error instanceof URIError || error instanceof RangeError;
      throw isUnreadable ? new InvalidBody('The body holds what cannot be read.', { cause: error }) : error;
    }
  }
}
