import type { RuleText } from './rule';

/** The rule about trees on disk: what stands in a folder that Argo CD reads. What synth writes cannot break it. */
export const readableFiles: RuleText = {
  id: 'readable-files',
  title: 'Every file that Argo CD reads holds manifests, and none changes how it reads the others.',
  why: 'Argo CD renders a folder that holds a kustomization or a Chart.yaml with kustomize or Helm instead of reading its manifests, fails the whole Application at one file that it cannot parse, and reads at most 10 MB of a folder.',
  fix: 'Remove or correct the file; what is meant to be in dist/ or argocd/ comes from code in lib/, by npm run synth.',
};
