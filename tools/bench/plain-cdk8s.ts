import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';

/**
 * What Slipway is compared with: the same objects as `ApiObject`s, one `App` per target, cdk8s' own output, no rules.
 * The objects come as they are from a file (`OBJECTS`: one target in a line), so that no time goes into making them.
 */
const lines = readFileSync(process.env['OBJECTS'] ?? '', 'utf8')
  .trimEnd()
  .split('\n');

for (const line of lines) {
  const { environment, region, apps } = JSON.parse(line);
  const app = new App({ outdir: join(process.env['CDK8S_OUTDIR'] ?? 'dist', environment, region) });
  for (const { name, manifests } of apps) {
    const chart = new Chart(app, name, { disableResourceNameHashes: true });
    for (const [index, manifest] of manifests.entries()) new ApiObject(chart, `${index}`, manifest);
  }
  app.synth();
}
