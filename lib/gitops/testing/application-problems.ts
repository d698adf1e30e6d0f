import type { Manifest } from '../../kubernetes/manifest';
import { permitsDestination } from './project-problems';
import type { Rendered } from './rendered';

const FINALIZERS = ['', '/foreground', '/background'].map((suffix) => `resources-finalizer.argocd.argoproj.io${suffix}`);

/** Options that Argo CD knows; it ignores others in silence. */
const SYNC_OPTION =
  /^(ServerSideApply|RespectIgnoreDifferences|FailOnSharedResource|PruneLast|SkipDryRunOnMissingResource)=true$|^PrunePropagationPolicy=(foreground|background|orphan)$/;

/** What Argo CD would refuse in an Application, or do otherwise than it reads. */
export function applicationProblems(
  { application, set }: Rendered,
  projects: ReadonlyMap<string, Manifest>,
  clusters: ReadonlySet<string>,
): string[] {
  const { metadata, spec } = application;
  const problems: string[] = [];
  const say = (message: string) => problems.push(`Application/${metadata.name}: ${message}`);
  const { destination, source, syncPolicy } = spec;

  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(metadata.name)) say('its name is no label');
  if (destination.server !== undefined || !clusters.has(destination.name)) say(`no cluster is called ${destination.name}`);
  const project = projects.get(spec.project);
  if (project === undefined) say(`there is no project ${spec.project}`);
  else if (!project.spec.sourceRepos.includes(source.repoURL)) say(`its project does not know ${source.repoURL}`);
  else if (!permitsDestination(project, destination.name, destination.namespace)) say('its project does not know its destination');
  if (set !== undefined && set.spec.template.spec.project !== spec.project) say('its project is made by a template');
  if (!source.targetRevision || /^HEAD$|[*^~><]/.test(source.targetRevision)) say(`it follows ${source.targetRevision}`);
  if (['helm', 'kustomize', 'directory', 'plugin'].filter((tool) => source[tool] !== undefined).length !== 1)
    say('not one tool renders it');
  if (source.directory !== undefined && source.directory.recurse !== true) say('its folder is not read to the bottom');
  if ((source.chart === undefined) === (source.path === undefined)) say('it has not one of chart and path');

  const { automated, retry, syncOptions } = syncPolicy;
  if (!automated.prune || !automated.selfHeal || automated.allowEmpty !== false) say('it does not sync by itself');
  if (retry.limit < -1 || !/^\d+[smh]$/.test(retry.backoff.duration) || !/^\d+[smh]$/.test(retry.backoff.maxDuration))
    say('it does not try again');
  for (const option of syncOptions) if (!SYNC_OPTION.test(option)) say(`unknown sync option ${option}`);
  for (const { kind, jsonPointers = [], jqPathExpressions = [] } of spec.ignoreDifferences ?? []) {
    if (!kind || jsonPointers.length + jqPathExpressions.length === 0) say('it ignores nothing, or everything');
    for (const pointer of jsonPointers) if (!pointer.startsWith('/')) say(`no pointer: ${pointer}`);
  }
  for (const finalizer of (metadata as { finalizers?: string[] }).finalizers ?? [])
    if (!FINALIZERS.includes(finalizer)) say(`finalizer ${finalizer}`);
  for (const [key, value] of Object.entries(metadata.labels ?? {})) {
    if (!/^([a-zA-Z0-9]([-\w.]{0,61}[a-zA-Z0-9])?)$/.test(value) || key.length > 63) say(`label ${key}=${value}`);
  }
  return problems;
}

/** What the controller of ApplicationSets would refuse, or take in silence for something else. */
export function applicationSetProblems(set: Manifest, applications: readonly Manifest[]): string[] {
  const problems: string[] = [];
  const say = (message: string) => problems.push(`ApplicationSet/${set.metadata.name}: ${message}`);
  const { goTemplate, goTemplateOptions, templatePatch, strategy, syncPolicy } = set.spec;
  if (applications.length === 0) say('it yields nothing');
  if (goTemplate !== true || !goTemplateOptions?.includes('missingkey=error')) say('a misspelt key would render as <no value>');
  if (templatePatch !== undefined) say('it patches its template');
  const preserved = syncPolicy.preserveResourcesOnDeletion === true;
  if (preserved !== (syncPolicy.applicationsSync === 'create-update')) say('an element and the set itself are not protected alike');
  if (preserved && applications.some(({ metadata }) => 'finalizers' in metadata)) say('a finalizer undoes the protection');

  if (strategy === undefined) return problems;
  const steps: { matchExpressions: { key: string; operator: string; values: string[] }[]; maxUpdate: number | string }[] =
    strategy.rollingSync.steps;
  const isIn = (step: (typeof steps)[number], { metadata }: Manifest) =>
    step.matchExpressions.every(({ key, operator, values }) => operator === 'In' && values.includes(metadata.labels?.[key] ?? ''));
  for (const step of steps) {
    if (!applications.some((application) => isIn(step, application))) say('a step selects nothing');
    if (!(typeof step.maxUpdate === 'number' && step.maxUpdate >= 1)) say(`a step that updates ${step.maxUpdate}`);
  }
  for (const application of applications) {
    const count = steps.filter((step) => isIn(step, application)).length;
    if (count !== 1) say(`${application.metadata.name} is in ${count} steps`);
  }
  return problems;
}
