interface Page {
  readonly title: string;
  /** Below `docs/`, without `.md`. */
  readonly path: string;
}

interface Chapter {
  readonly title: string;
  readonly pages: readonly Page[];
}

/** The sidebar. A test holds it against the files: each page stands here once, and each file is a page. */
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
    pages: [{ title: 'Operations', path: 'operations' }],
  },
  {
    title: 'Reference',
    pages: [
      { title: 'Security model', path: 'security-model' },
      { title: 'Protocol', path: 'protocol' },
    ],
  },
];
