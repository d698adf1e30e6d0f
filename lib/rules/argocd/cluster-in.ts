import type { FleetIndex } from '../fleet-index';

const NAME = /[a-z0-9]+(?:-[a-z0-9]+)+/g;

/** Finds the cluster that a text names, alone or within a longer name as that of a role or a bucket. */
export function clusterFinder({ clusters, targets }: FleetIndex): (text: string) => string | undefined {
  const beginnings = [...new Set(targets.map(({ environment }) => `${environment}-`))];
  return (text) => {
    // Most texts name none, and taking names apart is slow.
    if (!beginnings.some((each) => text.includes(each))) return undefined;
    for (const [name] of text.matchAll(NAME)) {
      const parts = name.split('-');
      for (let from = 0; from < parts.length - 1; from++) {
        for (let to = parts.length; to > from + 1; to--) {
          const part = parts.slice(from, to).join('-');
          if (clusters.get(part) !== undefined) return part;
        }
      }
    }
    return undefined;
  };
}
