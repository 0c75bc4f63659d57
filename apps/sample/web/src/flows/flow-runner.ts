import { Refused } from '../api/refused.js';
import { isEndOfSession } from '../state/is-end-of-session.js';
import type { Work } from '../state/state.js';
import type { Flow, FlowContext } from './flow.js';

/** Runs flows one after the other, so that no two of them use the same ticket or session at once. */
export class FlowRunner {
  #last: Promise<void> = Promise.resolve();
  #isQuietRunning = false;

  constructor(private readonly context: () => FlowContext) {}

  /** What the customer asked for. A second tap while it runs counts as none. */
  run(work: Work, flow: Flow): Promise<void> {
    const { state, tell } = this.context();
    if (state().work !== undefined) return this.#last;
    tell({ type: 'work-started', work });
    return this.#after(async () => {
      try {
        await this.#attempt(flow, () => true);
      } finally {
        tell({ type: 'work-ended' });
      }
    });
  }

  /** What nobody asked for: it fails in silence, unless the session or the ticket has ended. */
  async runQuietly(flow: Flow): Promise<void> {
    if (this.context().state().work !== undefined || this.#isQuietRunning) return;
    this.#isQuietRunning = true;
    await this.#after(() => this.#attempt(flow, isEndOfSession)).finally(() => (this.#isQuietRunning = false));
  }

  #after(step: () => Promise<void>): Promise<void> {
    const running = this.#last.then(step);
    this.#last = running.catch(() => {});
    return running;
  }

  async #attempt(flow: Flow, isTold: (refusal: Refused['refusal']) => boolean): Promise<void> {
    const { tokens, tell } = this.context();
    try {
      await flow(this.context());
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (isEndOfSession(error.refusal)) tokens.drop();
      if (isTold(error.refusal)) tell({ type: 'refused', refusal: error.refusal });
    }
  }
}
