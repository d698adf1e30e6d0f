/** The Git repository that holds `dist/` and `argocd/`, as Argo CD reaches it. */
export interface Repository {
  readonly url: string;

  /** Branch or tag that Argo CD follows. Not `HEAD`: whoever renames the default branch would redeploy everything. */
  readonly revision: string;
}
