import { targets } from './lib/environments';
import { synthIfTouched } from './lib/output/command-line';
import { planOf } from './lib/plan';
import { releaseFiles } from './lib/releases/releases';

// Every target → its apps → rules → dist/<environment>/<region>/<app>; then argocd/, from what the targets turned out to be.
process.exitCode = synthIfTouched(process.argv.slice(2), __dirname, () => planOf(targets, releaseFiles('releases')));
