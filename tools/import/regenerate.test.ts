import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { regenerate } from './regenerate';

const TEAPOT = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: teapots.example.com }
spec:
  group: example.com
  names: { kind: Teapot, plural: teapots }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          description: Teapot is short and stout.
          required: [spec]
          properties:
            spec:
              type: object
              required: [capacity]
              properties:
                capacity: { x-kubernetes-int-or-string: true }
                filledAt: { type: string, format: date-time, description: When it was filled. }
                labels: { type: object, additionalProperties: { type: string } }
            status: { type: object, properties: { temperature: { type: integer } } }
`;
const CUP = TEAPOT.replaceAll('Teapot', 'Cup').replaceAll('teapot', 'cup');
const URL = 'https://example.com/v1/crd.yaml';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, text: string) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};
const imported = (...entries: string[]) => regenerate(entries, { from: join(folder, 'crds'), into: join(folder, 'imports') });
const generated = () =>
  Object.fromEntries(readdirSync(join(folder, 'imports')).map((file) => [file, readFileSync(join(folder, 'imports', file), 'utf8')]));

test('writes one file per group, with typed fields and without comments', async () => {
  write('crds/example.com/teapot.yaml', TEAPOT);
  write('crds/example.com/cup.yaml', CUP);
  await imported(`example.com/Teapot:=${URL}`, `example.com/Cup:=${URL}`);

  const code = generated()['example.com.ts'];
  expect(code).toContain('export class Teapot extends ApiObject');
  expect(code).toContain('export class Cup extends ApiObject');
  expect(code).toContain('readonly capacity: TeapotSpecCapacity;');
  expect(code).toContain('readonly filledAt?: string;');
  expect(code).toContain("'labels': ((obj.labels) === undefined) ? undefined : (defined(obj.labels)),");
  expect(code).not.toMatch(/\/\*|status|\bany\[|stout/);
});

test('takes every kind of a group where an entry names none', async () => {
  write('crds/example.com/teapot.yaml', TEAPOT);
  write('crds/example.com/cup.yaml', CUP);
  await imported(`example.com:=${URL}`);

  expect(generated()['example.com.ts']).toMatch(/class Cup [\s\S]*class Teapot /);
});

test('writes the same bytes again, whatever the order of the entries', async () => {
  write('crds/example.com/teapot.yaml', TEAPOT);
  write('crds/example.com/cup.yaml', CUP);
  await imported(`example.com/Teapot:=${URL}`, `example.com/Cup:=${URL}`);
  const first = generated();
  await imported(`example.com/Cup:=${URL}`, `example.com/Teapot:=${URL}`);

  expect(generated()).toEqual(first);
});

test('removes the file of a group that is imported no longer', async () => {
  write('crds/example.com/teapot.yaml', TEAPOT);
  write('imports/example.org.ts', '');
  await imported(`example.com/Teapot:=${URL}`);

  expect(Object.keys(generated())).toEqual(['example.com.ts']);
});

test('fails with every problem at once and leaves what was there', async () => {
  write('crds/example.com/teapot.yaml', TEAPOT);
  write('crds/example.com/spoon.yaml', 'kind: [');
  write('crds/example.com/kettle.yaml', TEAPOT);
  write('imports/example.com.ts', '// as it was');
  const crds = join(folder, 'crds', 'example.com');

  const result = imported(
    `example.com/Teapot:=${URL}`,
    `example.com/Cup:=${URL}`,
    `example.com/Spoon:=${URL}`,
    `example.com/Kettle:=${URL}`,
    URL,
  );

  await expect(result).rejects.toThrow(
    [
      `Cannot import "example.com/Cup" from ${crds}/cup.yaml as ENOENT: no such file or directory, open '${crds}/cup.yaml': put the definition there, or unset CRDS`,
      `Cannot import "example.com/Spoon" from ${crds}/spoon.yaml as it is not YAML: put the definition there, or unset CRDS`,
      `Cannot import "example.com/Kettle" from ${crds}/kettle.yaml as nothing there defines it: put the definition there, or unset CRDS`,
      `Cannot import "${URL}" as an entry reads <group>/<Kind>:=<https url>: correct it in cdk8s.yaml`,
    ].join('\n'),
  );
  expect(generated()).toEqual({ 'example.com.ts': '// as it was' });
});

test('fails with the reason where the generator fails, and leaves what was there', async () => {
  write('crds/example.com/teapot.yaml', TEAPOT.replace('capacity: {', "'capacity (litres)': {"));
  write('imports/example.com.ts', '// as it was');

  await expect(imported(`example.com/Teapot:=${URL}`)).rejects.toThrow(
    /^Cannot generate types as cdk8s import fails: Error: Key 'capacity \(litres\)' contains non standard characters .*$/,
  );
  expect(generated()).toEqual({ 'example.com.ts': '// as it was' });
});
