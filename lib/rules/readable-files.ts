import type { RuleText } from './rule';

/** The rule about trees on disk: what stands in a folder that Argo CD reads. What synth writes cannot break it. */
export const readableFiles: RuleText = {
  id: 'readable-files',
  title: 'Every file that Argo CD reads holds manifests, and none changes how it reads the others.',
  why: 'Argo CD takes a folder with a kustomization or a chart for something else than plain manifests, fails the whole Application at one file that it cannot parse, and reads at most 10 MB.',
  fix: 'Remove what synth did not write, and run it again.',
};
