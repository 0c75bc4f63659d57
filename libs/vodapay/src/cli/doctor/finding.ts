/** One thing that the doctor has looked at. */
export interface Finding {
  readonly severity: 'problem' | 'warning' | 'fine';
  /** A sentence that names the cause. Never a key, a token or a password. */
  readonly says: string;
  /** What to do next. */
  readonly next?: string;
}

export const problem = (says: string, next: string): Finding => ({ severity: 'problem', says, next });
export const warning = (says: string, next: string): Finding => ({ severity: 'warning', says, next });
export const fine = (says: string): Finding => ({ severity: 'fine', says });
