import { perText } from '../per-text';

/** What the file of an OpenTelemetry Collector defines, and what it does with it. */
export interface Collector {
  /** Names by kind: `receivers`, `processors`, `exporters`, `connectors`, `extensions`. */
  readonly parts: ReadonlyMap<string, readonly string[]>;

  /** Extensions that it starts. */
  readonly extensions: readonly string[];
  readonly pipelines: readonly Pipeline[];
}

/** A way that telemetry takes. */
export interface Pipeline {
  readonly name: string;
  readonly receivers: readonly string[];
  readonly processors: readonly string[];
  readonly exporters: readonly string[];
}

const KINDS = ['receivers', 'processors', 'exporters', 'connectors', 'extensions'];

const LINE = /^( *)(- )?["']?([\w./-]+)["']?(:?)[ \t]*(\[.*\]|.*)$/;

/**
 * The collector that a file of YAML configures; undefined where it is the file of another program. Reads names and lists alone, line by
 * line: a parser of YAML would take longer than all other rules about files.
 */
export const collectorIn = perText((text): Collector | undefined => {
  const parts = new Map<string, string[]>();
  const lists = new Map<string, string[]>();
  const add = (to: Map<string, string[]>, key: string, ...names: readonly string[]): void => {
    to.set(key, [...(to.get(key) ?? []), ...names]);
  };
  const way: { readonly indent: number; readonly key: string }[] = [];
  for (const line of text.split('\n')) {
    const [, { length: indent } = '', item, name = '', colon, rest = ''] = LINE.exec(line) ?? [];
    if (name === '') continue;
    // An item may stand as far left as the key of its list.
    while (way.length > 0 && (way.at(-1)?.indent ?? 0) >= indent + (item === undefined ? 0 : 1)) way.pop();
    const path = way.map(({ key }) => key);
    if (item !== undefined) {
      if (colon === '') add(lists, path.join(' '), name);
      continue;
    }
    if (colon === '') continue;
    if (path.length === 1 && KINDS.includes(path[0] ?? '')) add(parts, path[0] ?? '', name);
    way.push({ indent, key: name });
    if (rest.startsWith('[')) add(lists, [...path, name].join(' '), ...(rest.match(/[\w./-]+/g) ?? []));
    else if (path.length <= 2 && path[0] === 'service') add(lists, [...path, name].join(' '));
  }
  const names = [...lists.keys()].flatMap((key) => /^service pipelines (\S+)$/.exec(key)?.[1] ?? []);
  if (names.length === 0) return undefined;
  const of = (pipeline: string, kind: string): readonly string[] => lists.get(`service pipelines ${pipeline} ${kind}`) ?? [];
  return {
    parts,
    extensions: lists.get('service extensions') ?? [],
    pipelines: names.map((name) => ({
      name,
      receivers: of(name, 'receivers'),
      processors: of(name, 'processors'),
      exporters: of(name, 'exporters'),
    })),
  };
});
