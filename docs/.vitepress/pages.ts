interface Page {
  readonly title: string;
  /** Below `docs/`, without `.md`. */
  readonly path: string;
}

interface Chapter {
  readonly title: string;
  readonly pages: readonly Page[];
}

/** The order of the sidebar. A page that is not here stands under its last heading. A test holds the rows to their files. */
export const CHAPTERS: readonly Chapter[] = [
  {
    title: 'Begin',
    pages: [
      { title: 'Quick start', path: 'quick-start' },
      { title: 'How a login works', path: 'how-a-login-works' },
      { title: 'Configuration', path: 'configuration' },
      { title: 'Errors', path: 'errors' },
      { title: 'From a hand-written integration', path: 'migration' },
    ],
  },
  {
    title: 'Sign in',
    pages: [
      { title: 'Linking', path: 'linking' },
      { title: 'The guard', path: 'guard' },
      { title: 'Sessions, instances, keys', path: 'sessions' },
      { title: 'The mini program', path: 'mini-program' },
    ],
  },
  {
    title: 'Develop',
    pages: [
      { title: 'Testing', path: 'testing' },
      { title: 'The local wallet', path: 'local-wallet' },
      { title: 'Doctor, keygen, sign', path: 'doctor' },
    ],
  },
  {
    title: 'Run',
    pages: [
      { title: 'Going to production', path: 'going-to-production' },
      { title: 'Operations', path: 'operations' },
      { title: 'Personal data', path: 'privacy' },
    ],
  },
  {
    title: 'Reference',
    pages: [
      { title: 'Security model', path: 'security-model' },
      { title: 'Protocol', path: 'protocol' },
    ],
  },
];
