import { VodaPayError } from '../errors/vodapay-error.js';

/** The bytes of an answer as they come, as far as they are allowed. */
export class AnswerBytes {
  private readonly chunks: Buffer[] = [];
  private size = 0;

  constructor(private readonly maxBytes: number) {}

  /** The refusal of an answer that says that it will be larger; undefined for any other word on its length, or none. */
  refusalOf(contentLength: string | undefined): VodaPayError | undefined {
    return Number(contentLength) > this.maxBytes ? this.tooLarge() : undefined;
  }

  /** Keeps the chunk, or gives the refusal of an answer that is larger with it. */
  add(chunk: Buffer): VodaPayError | undefined {
    this.size += chunk.byteLength;
    if (this.size > this.maxBytes) return this.tooLarge();
    this.chunks.push(chunk);
    return undefined;
  }

  /** All of them; those of a single chunk are not copied. */
  joined(): Buffer {
    const [first] = this.chunks;
    return first !== undefined && this.chunks.length === 1 ? first : Buffer.concat(this.chunks, this.size);
  }

  private tooLarge(): VodaPayError {
    return new VodaPayError('VODAPAY_RESPONSE_TOO_LARGE', {
      message: `The answer is larger than the ${this.maxBytes} bytes allowed (maxResponseBytes).`,
    });
  }
}
