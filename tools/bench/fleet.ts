import { parse, stringify } from 'yaml';

import type { Target } from '../../lib/environments/environment';
import type { ReleaseFile } from '../../lib/releases/pin-file';

/** What a benchmark synthesizes. */
export interface Fleet {
  readonly targets: readonly Target[];
  readonly files: readonly ReleaseFile[];
}

/**
 * A made-up fleet: the real targets over and over, in regions of their own, each pinned as its model is.
 *
 * @param real the real targets and their release files
 * @param regions number of targets of the fleet
 */
export function madeUpFleet(real: Fleet, regions: number): Fleet {
  const targets = Array.from({ length: regions }, (_, index) => {
    const target = real.targets[index % real.targets.length] as Target;
    const own = (host: string): string => `n${index}.${host}`;
    const appHosts = Object.fromEntries(Object.entries(target.edge.appHosts ?? {}).map(([app, hosts]) => [app, hosts.map(own)]));
    const edge = { ...target.edge, regionalHost: own(target.edge.regionalHost), appHosts };
    return { ...target, edge, region: { ...target.region, name: regionName(target.region.name, index) } };
  });
  return { targets, files: real.files.map((file) => releaseFile(file, targets)) };
}

const regionName = (model: string, index: number): string => `${model}-n${index}`;
const modelOf = (region: string): string => region.replace(/-n\d+$/, '');

/** The release file of an environment, with the regions of the fleet in the rings of the ones they are made after. */
function releaseFile({ path, text }: ReleaseFile, targets: readonly Target[]): ReleaseFile {
  const { rings, regions = {}, ...pins } = parse(text) as { rings: string[][]; regions?: Record<string, unknown> };
  const names = targets.filter(({ environment }) => path.endsWith(`/${environment}.yaml`)).map(({ region }) => region.name);
  const ahead = names.filter((name) => modelOf(name) in regions).map((name) => [name, regions[modelOf(name)]]);
  const fleet = {
    ...pins,
    rings: rings.map((ring) => names.filter((name) => ring.includes(modelOf(name)))),
    regions: Object.fromEntries(ahead),
  };
  return { path, text: stringify(fleet, { aliasDuplicateObjects: false }) };
}
