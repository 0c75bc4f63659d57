import type { Detail } from '../api/answers.js';
import type { Notice } from '../state/state.js';

/** The parts of the page of which one is shown, by their ids. */
export type Panel = 'browsing' | 'outside' | 'resuming' | 'proving' | 'awaiting-approval' | 'signed-in';

/** A line of the list of links or of the list of what happened to them. */
export interface Line {
  readonly text: string;
  readonly time: string;
}

/** What the page shows: texts and what is there at all. */
export interface View {
  readonly greeting: string;
  readonly panel: Panel;
  readonly notice: Notice | undefined;
  readonly offline: string | undefined;
  readonly isBusy: boolean;
  /** Of the buttons that say what they do while they do it, by their ids. */
  readonly labels: Readonly<Record<string, string>>;
  readonly proof: string;
  readonly name: string;
  readonly email: string;
  readonly missing: readonly Detail[];
  readonly links: readonly Line[];
  readonly events: readonly Line[];
  readonly asksToUnlink: boolean;
}
