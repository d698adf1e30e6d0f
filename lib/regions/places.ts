import type { Cloud, Region } from './region';

/**
 * The place in its cloud that a region is in: `us-west-2`, `europe-west3`. Azure's stands in front of its zones.
 *
 * @returns undefined for a machine of one's own
 */
export function placeOf({ cloud, zones, name }: Region): string | undefined {
  if (cloud.kind === 'aws') return cloud.region;
  if (cloud.kind === 'gcp') return cloud.location;
  if (cloud.kind === 'none') return undefined;
  const [first = ''] = zones;
  return /^[a-z]+\d?$/.test(name) ? name : first.replace(/-\d+$/, '');
}

/** Names of places in each cloud, wherever they stand in a text: between other letters and digits they are not names. */
const NAMES: Readonly<Partial<Record<Cloud['kind'], RegExp>>> = {
  aws: /(?<![a-z0-9])(?:us|eu|ap|sa|ca|me|af|il|mx)-(?:gov-)?(?:north|south|east|west|central|northeast|southeast|northwest|southwest)-\d(?![0-9])/g,
  gcp: /(?<![a-z0-9])(?:us|europe|asia|northamerica|southamerica|australia|me|africa)-(?:north|south|east|west|central|northeast|southeast|southwest)\d{1,2}(?![0-9])/g,
};

/** A place of the same cloud that a text names, and that is another one. */
export function foreignPlace(kind: Cloud['kind'], place: string, text: string): string | undefined {
  const pattern = NAMES[kind];
  const named = pattern === undefined ? [] : [...text.matchAll(pattern)].map(([name]) => name);
  return named.includes(place) ? undefined : named.find((name) => name !== place);
}

/** Azure's names are words: of a country and a direction, or of directions and a continent. */
const AZURE =
  /^(?:(?:germany|france|uk|switzerland|norway|sweden|poland|italy|spain|japan|korea|australia|brazil|canada|uae|qatar|israel|southafrica|mexico|us)(?:north|south|east|west|central)+\d?|(?:north|south|east|west|central)+(?:us|europe|asia|india)\d?)$/;

/** Whether a word is the name of a place in some cloud. */
export const isPlace = (word: string): boolean => AZURE.test(word) || Object.values(NAMES).some((names) => word.match(names)?.[0] === word);

/**
 * Places that are not in the EU. London and Zurich are called European by clouds and are not; a place that is in no list may be said
 * to be in it.
 */
const NOT_IN_THE_EU: Readonly<Record<Exclude<Cloud['kind'], 'none'>, RegExp>> = {
  aws: /^(?:us|ap|sa|ca|me|af|il|mx|cn)-|^eu-(?:west|central)-2$/,
  azure:
    /us\d?$|^usgov|^(?:uk|switzerland|norway|japan|korea|australia|newzealand|brazil|canada|mexico|chile|uae|qatar|israel|southafrica)|india$|asia$/,
  gcp: /^(?:us|asia|australia|me|africa|southamerica|northamerica)-|^europe-west[26]$/,
};

/** Whether a place is known to be outside of the EU. */
export const isOutsideEu = (kind: Cloud['kind'], place: string): boolean => kind !== 'none' && NOT_IN_THE_EU[kind].test(place);
