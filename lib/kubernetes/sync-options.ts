const options = (...list: readonly string[]): Readonly<Record<string, string>> => ({ 'argocd.argoproj.io/sync-options': list.join(',') });

/** For kinds whose definition an addon installs: a first sync must not fail its dry run because the addon is still on its way. */
export const fromAddon = options('SkipDryRunOnMissingResource=true');

/** For what holds data: a sync never removes it, and neither does the removal of its Application. */
export const keep = options('Prune=false', 'Delete=false');

/** For data of a kind that an addon installs. */
export const keepFromAddon = options('SkipDryRunOnMissingResource=true', 'Prune=false', 'Delete=false');

/** For what users depend on and no Git holds a second copy of: a person confirms its removal. */
export const confirmRemovalFromAddon = options('SkipDryRunOnMissingResource=true', 'Prune=confirm', 'Delete=confirm');
