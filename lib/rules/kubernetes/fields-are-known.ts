import type { Manifest } from '../../kubernetes/manifest';
import { typos } from '../../messages/closest';
import type { Finding } from '../finding';
import type { Tree } from '../read-tree';
import type { RuleText } from '../rule';

/** The rule about trees on disk that knows fields: in what code makes, the compiler knows them. */
export const fieldsAreKnown: RuleText = {
  id: 'fields-are-known',
  title: 'No field of a tree on disk is misspelt or stands a level too high or too low.',
  why: 'A server-side apply fails for a field that the kind does not have; where it does not, the field is left out, and nobody hears of it.',
  fix: 'Correct the spelling or the indentation, or run synth, which writes what the code says.',
};

/** A part of an object. */
export interface Level {
  /** JSON pointer to it; empty for the object. */
  readonly field: string;
  readonly value: Readonly<Record<string, unknown>>;

  /** Fields that its kind knows there. */
  readonly known: ReadonlySet<string>;
}

/** Parts of an object that its kind knows; none of a kind that nobody knows. */
export type LevelsOf = (object: Manifest) => readonly Level[];

/** Fields that every object has, whatever its kind. */
const COMMON: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'status']);

/** Most letters in which a misspelt field differs. */
const FEW = 2;

/**
 * Finds fields that a kind does not know, but something like them: spelt otherwise there, or the same a level higher or lower. Others
 * may be newer than the kinds that the code was written for.
 */
export function findUnknownFields(
  { targets, folders = [], files }: Pick<Tree, 'targets' | 'folders' | 'files'>,
  levelsOf: LevelsOf,
): readonly Finding[] {
  const places = [
    ...targets.map(({ environment, region, apps }) => ({ environment, region, place: `${environment}/${region}`, apps })),
    ...folders.map((folder) => ({ environment: '', region: '', place: `argocd/${folder.name}`, apps: [folder] })),
  ];
  return places.flatMap(({ environment, region, place, apps }) =>
    apps.flatMap(({ name, manifests }) =>
      manifests.flatMap((object) =>
        unknownIn(levelsOf(object)).map(({ field, message }): Finding => {
          const file = files.get(object);
          const app = environment === '' ? '' : name;
          return { rule: fieldsAreKnown, environment, region, app, place, object, field, message, ...(file !== undefined && { file }) };
        }),
      ),
    ),
  );
}

function unknownIn(levels: readonly Level[]): readonly { readonly field: string; readonly message: string }[] {
  return levels.flatMap((level) =>
    Object.keys(level.value).flatMap((name) => {
      if (level.known.has(name) || (level.field === '' && COMMON.has(name))) return [];
      const message = misspelt(name, level) ?? misplaced(name, level, levels);
      return message === undefined ? [] : [{ field: `${level.field}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, message }];
    }),
  );
}

function misspelt(name: string, { value, known }: Level): string | undefined {
  const [meant] = [...known].filter((each) => !(each in value) && isAlmost(name, each)).sort((a, b) => typos(name, a) - typos(name, b));
  return meant === undefined ? undefined : `is no field of its kind: ${meant} is meant`;
}

const isAlmost = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase() || (one.length > FEW * 2 && typos(one, other) <= FEW);

function misplaced(name: string, { field }: Level, levels: readonly Level[]): string | undefined {
  const isAbove = (other: Level): boolean => other.field !== field && (other.field === '' || field.startsWith(`${other.field}/`));
  const isBelow = (other: Level): boolean => other.field.startsWith(`${field}/`) && depth(other.field) <= depth(field) + 2;
  const right = levels.find((other) => other.field !== '' && other.known.has(name) && (isAbove(other) || isBelow(other)));
  return right === undefined ? undefined : `is no field there: it belongs to ${right.field}`;
}

const depth = (field: string): number => field.split('/').length;
