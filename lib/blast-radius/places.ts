/** Where a file of the output belongs. */
export interface Place {
  /** `prod/us-east-1`, or the folder of an environment in argocd/: `argocd/prod`. */
  readonly target: string;

  /** `prod/us-east-1/llm`; undefined in argocd/. */
  readonly app?: string;

  /** What tombstones call the object: its file without `dist/` and `.yaml`. */
  readonly object: string;

  /** First part of the file's name. */
  readonly kind: string;
}

/** Where a file lies: `dist/<environment>/<region>/<app>/…` or `argocd/<environment>/[<region>/]…`; paths have slashes. */
export function placeOf(path: string): Place {
  const [root = '', environment = '', region = '', app = ''] = path.split('/');
  const object = path.replace(/^dist\//, '').replace(/\.yaml$/, '');
  const kind = path.slice(path.lastIndexOf('/') + 1).split('.')[0] as string;
  if (root !== 'dist') return { target: `${root}/${environment}`, object, kind };
  return { target: `${environment}/${region}`, app: `${environment}/${region}/${app}`, object, kind };
}

/** The target whose addons a folder of argocd/ holds: `prod/us-east-1` for `argocd/prod/us-east-1/…`; undefined for other files. */
export function servedTarget(path: string): string | undefined {
  return /^argocd\/([^/]+\/[^/]+)\//.exec(path)?.[1];
}
