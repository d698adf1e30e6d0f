import type { Manifest } from '../../kubernetes/manifest';
import { problemAt } from '../delivered';
import { escaped, isRecord, record } from '../fields';
import { sourcesOf } from '../fleet-index';
import type { FleetRule } from '../rule';

const WATCHED = 'argocd.argoproj.io/manifest-generate-paths';

const TOOLS = ['helm', 'kustomize', 'directory', 'plugin'];

/** Versions that mean another one tomorrow: ranges of Helm, and whatever the default branch is called. */
const MOVES = /^HEAD$|[*^~<>|\s]|^[vV]?\d+(\.\d+)?\.[xX]$|^[xX]$/;

export const sourcesReadable: FleetRule = {
  id: 'sources-readable',
  title:
    'Every source is a chart or a folder at a revision that does not move by itself, read by one tool to the bottom, and again when it changes.',
  why: 'Argo CD follows HEAD and version ranges to versions that nobody reviewed, refuses a source with two tools, and reads no subfolders unless it is told to. It looks at a commit only if paths that it was told to watch have changed, or at every commit if it was told none.',
  fix: 'Name the branch, the tag or the exact version; give a folder directory.recurse: true and a chart helm, and nothing else; lib/gitops/application-set.ts and lib/gitops/addon-applications.ts do so.',
  *checkFleet({ applications }) {
    for (const delivered of applications) {
      const sources = sourcesOf(delivered.application);
      if (sources.length === 0) yield problemAt(delivered, '/spec/source', 'is not written');
      const names = new Set<unknown>();
      for (const source of sources) {
        const { field, targetRevision, chart, path, name, directory, repoURL } = source;
        const say = (at: string, message: string) => problemAt(delivered, `${field}${at}`, message);
        if (typeof repoURL !== 'string' || repoURL === '') yield say('/repoURL', 'is not written');
        if (typeof targetRevision !== 'string' || targetRevision === '') yield say('/targetRevision', 'is not written: it would be HEAD');
        else if (MOVES.test(targetRevision)) yield say('/targetRevision', `is "${targetRevision}", which may be another version tomorrow`);
        if ((chart === undefined) === (path === undefined))
          yield say('', `has ${chart === undefined ? 'neither chart nor path' : 'both chart and path'}`);
        const tools = TOOLS.filter((tool) => source[tool] !== undefined);
        if (tools.length > 1) yield say(`/${tools[1]}`, `is written beside ${tools[0]}, but Argo CD renders with one tool only`);
        if (chart !== undefined && directory !== undefined) yield say('/directory', 'is written for a chart, which helm renders');
        if (path !== undefined && tools.length === 0) yield say('/directory', 'is not written: Argo CD would guess how to read the folder');
        if (isRecord(directory) && record(directory).recurse !== true)
          yield say('/directory/recurse', 'is not true: subfolders are not read');
        const { include, exclude } = record(directory);
        if (include !== undefined && include !== '*.yaml')
          yield say('/directory/include', `is "${include}", not *.yaml, which is what synth writes`);
        if (exclude !== undefined && String(path).startsWith('dist/'))
          yield say('/directory/exclude', `is "${exclude}": a part of the app is not deployed`);
        if (name !== undefined && names.has(name)) yield say('/name', `is "${name}" once more`);
        names.add(name);
        const message = typeof path === 'string' && isOurs(path) ? unwatched(path, delivered.application) : undefined;
        if (message !== undefined) yield problemAt(delivered, `/metadata/annotations/${escaped(WATCHED)}`, message);
      }
    }
  },
};

/** Folders of the repository that all apps share. */
const isOurs = (path: string): boolean => path.startsWith('dist/') || path === 'argocd';

/** Paths are those below the folder itself, or of the repository where they begin with a slash. */
function unwatched(path: string, { metadata }: Manifest): string | undefined {
  const written = metadata.annotations?.[WATCHED];
  if (written === undefined) return 'is missing: every commit to the repository would make Argo CD read this folder anew';
  const watched = String(written)
    .split(';')
    .map((each) => each.trim().replace(/\/$/, ''));
  if (watched.some((each) => each === '.' || each === '' || `/${path}/`.startsWith(`${each}/`))) return undefined;
  return `is "${written}", which leaves out the own folder of the Application: what changes there would not be deployed`;
}
