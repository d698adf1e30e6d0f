import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { quote } from '../messages/quote';
import { refuseDisagreements } from './agreement';
import { PinFile, type ReleaseFile } from './pin-file';
import { Pins } from './pins';
import { type Problem, ReleaseProblems } from './problem';
import { type EnvironmentPins, environmentSchema, type KnownNames } from './schema';
import { suggestion } from './spelling';
import { refuseIssues } from './wording';

/** Larger files are not even read: nobody wrote them. */
const LARGEST_FILE = 64 * 1024 * 1024;

/**
 * Reads the YAML files of a folder, by name.
 *
 * @throws {ReleaseProblems} if one of them is no file, such as a device or a pipe, which reading would never end
 */
export function releaseFiles(folder: string): ReleaseFile[] {
  const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
  const files = names.sort().map((name) => ({ path: `${basename(folder)}/${name}`, stat: statSync(join(folder, name)) }));
  const problems = files.flatMap(({ path, stat }): Problem[] => {
    if (!stat.isFile())
      return [{ message: `${path}:1:1 Cannot read ${quote(path)} as it is no file: remove it, or write its pins into a file` }];
    if (leavesFolder(join(folder, basename(path)), folder))
      return [
        {
          message: `${path}:1:1 Cannot read ${quote(path)} as it is a link to elsewhere, where nobody reviews what changes: put the file in its place`,
        },
      ];
    if (stat.size <= LARGEST_FILE) return [];
    return [{ message: `${path}:1:1 Cannot read ${quote(path)} as its ${stat.size} bytes hold no pins: keep pins and rings only` }];
  });
  if (problems.length > 0) throw new ReleaseProblems(problems);
  return files.map(({ path }) => ({ path, text: readFileSync(join(folder, basename(path)), 'utf8') }));
}

/** Whether a path is a link out of its folder. */
const leavesFolder = (path: string, folder: string): boolean =>
  lstatSync(path).isSymbolicLink() && dirname(realpathSync(path)) !== realpathSync(folder);

/**
 * Checks release files, one per environment: `releases/<environment>.yaml`.
 *
 * @throws {ReleaseProblems} if anything is wrong with any of them: every mistake in every file, each with its place and its cure
 */
export function readReleases<I extends string, M extends string>(files: readonly ReleaseFile[], known: KnownNames<I, M>): Releases<I, M> {
  const folder = files[0]?.path.split('/').slice(0, -1).join('/') || 'releases';
  const environments = new Map<string, CheckedFile>();
  const problems = new Map<string, Problem[]>();
  const found = new Set<string>();
  for (const file of files) {
    const environment = basename(file.path, '.yaml');
    const regions = Object.hasOwn(known.environments, environment) ? known.environments[environment] : undefined;
    if (regions === undefined) {
      problems.set(file.path, [unknownEnvironment(file.path, Object.keys(known.environments))]);
    } else {
      const pinFile = new PinFile(file);
      const pins = check(pinFile, environment, regions, known);
      if (pins !== undefined) environments.set(environment, { file: pinFile, pins });
      problems.set(file.path, pinFile.problems());
      found.add(environment);
    }
  }
  for (const environment of Object.keys(known.environments).filter((name) => !found.has(name))) {
    const path = `${folder}/${environment}.yaml`;
    problems.set(path, [{ message: `${path}:1:1 Cannot find ${quote(path)} as every environment has a file of pins: create it` }]);
  }
  const all = [...problems].sort(([path], [other]) => (path < other ? -1 : 1)).flatMap(([, problemsOfFile]) => problemsOfFile);
  if (all.length > 0) throw new ReleaseProblems(all);
  return new Releases(environments);
}

interface CheckedFile {
  readonly file: PinFile;
  readonly pins: EnvironmentPins;
}

/** The pins of a file, unless its mistakes leave none. */
function check(file: PinFile, environment: string, regions: readonly string[], known: KnownNames): EnvironmentPins | undefined {
  if (file.data === undefined) return undefined;
  const { data, error } = environmentSchema(known, regions).safeParse(file.data);
  refuseIssues(file, error?.issues ?? [], known, environment);
  refuseDisagreements(file, environment, regions);
  return data;
}

function unknownEnvironment(path: string, environments: readonly string[]): Problem {
  const name = basename(path);
  const cure = suggestion(
    name.replace(/\.yml$/, '.yaml'),
    environments.map((environment) => `${environment}.yaml`),
  );
  return { message: `${path}:1:1 Cannot read ${quote(name)} as no environment has a file of that name: ${cure}` };
}

/** The pins of every target and the rings of every environment. */
export class Releases<I extends string = string, M extends string = string> {
  readonly #pins = new Map<string, Pins<I, M>>();

  constructor(private readonly environments: ReadonlyMap<string, CheckedFile>) {}

  /**
   * The pins of one target: its region's where it has its own, else its environment's.
   *
   * @throws {RangeError} if no file was read for the environment, or the region is not one of its regions
   */
  public pins(environment: string, region: string): Pins<I, M> {
    const target = `${environment}/${region}`;
    const known = this.#pins.get(target);
    if (known !== undefined) return known;
    const checked = this.environments.get(environment);
    if (!checked?.pins.rings.some((ring) => ring.includes(region))) {
      throw new RangeError(`Cannot find pins of "${target}" as no release file has a ring for it: read its file`);
    }
    const pins = new Pins<I, M>(checked.file, checked.pins, region);
    this.#pins.set(target, pins);
    return pins;
  }

  /** The regions of an environment in the order in which they receive a pin; none if no file was read for it. */
  public rings(environment: string): readonly (readonly string[])[] {
    return this.environments.get(environment)?.pins.rings ?? [];
  }

  /** Pins that some target asked for and that lack a digest, a revision or a checksum: each once, with its place and its cure. */
  public get unresolved(): readonly Problem[] {
    const messages = [...this.#pins.values()].flatMap((pins) => pins.unresolved.map(({ message }) => message));
    return [...new Set(messages)].map((message) => ({ message }));
  }
}
