/** This repository, as Argo CD and people reach it. Configuration: a fork changes it here. */
export const repository = {
  /** What Argo CD clones. */
  url: 'https://git.example.com/platform/slipway.git',

  /** The branch that is deployed. */
  revision: 'main',

  /** Where people read the pages of `docs/`. */
  docs: 'https://git.example.com/platform/slipway/blob/main/docs',
} as const;
