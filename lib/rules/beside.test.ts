import { join } from 'node:path';

import { written } from '../kubernetes/shared-objects';
import { SecondThread } from '../threads/second-thread';
import type { WrittenTarget } from './beside';
import type { RuledTarget } from './target-index';
import { sampleTarget } from './testing/sample-target';

const asked = ({ apps, ...target }: RuledTarget): WrittenTarget => ({
  ...target,
  apps: written(apps.map((app) => ({ ...app, namespace: app.name }))),
});

test('a second thread knows whether a target keeps every rule', () => {
  const targets = [
    sampleTarget(),
    sampleTarget(({ get }) => {
      get('Service/web').spec.ports[0].targetPort = 'gone';
    }),
    sampleTarget(({ region }) => {
      region.gpuPool.gpusPerNode = 0;
    }),
    // The same object twice is one too many, though both have one text.
    sampleTarget(({ get, add }) => add(structuredClone(get('Service/web')))),
    sampleTarget(),
  ];
  const thread = new SecondThread(join(__dirname, 'beside.ts'), targets.length, Date.now() + 1000);

  try {
    const isSound = targets.map((target) => thread.ask(asked(target)));
    expect(isSound.map((answer) => answer())).toEqual([true, false, false, false, true]);
  } finally {
    thread.end();
  }
});
