import type { Manifest } from './manifest';

/** One app of a target after synthesis: what one folder of `dist/` holds and one Argo CD Application delivers. */
export interface SynthesizedApp {
  /** The app's name, which is also its folder. */
  readonly name: string;

  /** Namespace the Application deploys into. */
  readonly namespace: string;

  /** Every object of the app, in the order of its construction. */
  readonly manifests: readonly Manifest[];
}

/** One environment in one region after synthesis. */
export interface SynthesizedTarget {
  readonly environment: string;
  readonly region: string;
  readonly apps: readonly SynthesizedApp[];
}
