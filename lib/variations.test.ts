import { targets } from './environments';
import type { Target } from './environments/environment';
import { eks, k3s, minikube } from './environments/platforms';
import { euWest1, usEast1, usWest2 } from './environments/regions';
import { problemsOfFleet } from './testing/problems-of-fleet';
import { all, files, fleet, minus, of, onGoogle, pins, plus, quotas, set, vllm, withoutPool } from './testing/variations';

test('a fleet on other platforms and GPUs, with one region more, breaks no rule', () => {
  const { monitoring } = of('prod/us-east-1');
  const volume = { keptPercent: 1, retentionHours: 24, storage: { kind: 'volume', sizeGiB: 50 } } as const;
  const sydney: Target = {
    ...of('prod/us-east-1'),
    region: {
      ...usEast1,
      ...{ name: 'ap-southeast-2', zones: ['ap-southeast-2a', 'ap-southeast-2b'], modelBucket: 'llm-models-ap-southeast-2' },
      ...{ cloud: { kind: 'aws', region: 'ap-southeast-2', accountId: '111122223333' }, sharedFileSystem: 'fs-0123456789abcdef8' },
      backupStore: { kind: 's3', bucket: 'llm-backups-ap-southeast-2' },
    },
    edge: { ...of('prod/us-east-1').edge, regionalHost: 'ap-southeast-2.api.llm-production.com' },
    monitoring: { ...(monitoring as NonNullable<typeof monitoring>), tracing: volume },
  };
  const a100 = { ...usWest2.gpuPool, instanceType: 'p4de.24xlarge', gpu: 'a100', gpusPerNode: 8, cpus: 96, memoryGiB: 1152 } as const;
  const changed = fleet({
    'init/germanywestcentral': set('region', { platform: k3s, cloud: { kind: 'none' } }),
    'dev/local': all(withoutPool, set('region', { platform: minikube })),
    'dev/germanywestcentral': onGoogle,
    'staging/eu-west-1': all(onGoogle, vllm({ gpus: 1 })),
    'prod/us-west-2': all(set('region', { gpuPool: a100 as never }), vllm({ gpus: 1 })),
    'prod/germanywestcentral': set('region', {
      ...{
        platform: eks,
        cloud: { kind: 'aws', region: 'eu-central-1', accountId: '777788889999' },
        sharedFileSystem: 'fs-0123456789abcdef9',
      },
      ...{ zones: ['eu-central-1a', 'eu-central-1b'], cpuPool: euWest1.cpuPool, systemPool: euWest1.systemPool },
      ...{ gpuPool: euWest1.gpuPool as never, backupStore: { kind: 's3', bucket: 'kiva-backups' } },
    }),
  });

  expect(
    problemsOfFleet(
      [...changed, sydney],
      pins('prod', (text) => text.replace('[us-east-1]', '[us-east-1, ap-southeast-2]')),
    ),
  ).toEqual([]);
});

test('a fleet of other apps, with more and fewer of them, breaks no rule', () => {
  const minio = '  minio:\n    repository: quay.io/minio/minio\n    tag: RELEASE.2025-09-07T16-13-09Z\n    digest: unresolved\n';
  const changed = fleet({
    'init/germanywestcentral': minus('kiva'),
    'dev/local': minus('kiva', 'ml'),
    'dev/germanywestcentral': all(minus('codelab', 'kiva'), plus('gpt', 'staging/eu-west-1', 'dev.chat.example.com')),
    'staging/eu-west-1': all(minus('gpt', 'ml'), ({ mesh: _, ...target }) => target),
    'prod/us-west-2': all(plus('ml', 'prod/eu-west-1', 'models.us-west-2.api.llm-production.com'), (target) => ({
      ...target,
      mesh: 'permissive',
    })),
    // A store of models among the members of a mesh.
    'prod/eu-west-1': all(minus('codelab'), quotas({ ml: { cpus: 64, memoryGiB: 128, pods: 64 } }), ({ ml, ...target }) => ({
      ...target,
      ml: { ...(ml as NonNullable<Target['ml']>), storage: { kind: 'minio', sizeGiB: 50 } },
    })),
    'prod/us-east-1': plus('codelab', 'prod/eu-west-1', 'us.codelab.example.com'),
    'prod/germanywestcentral': plus('gpt', 'prod/eu-west-1', 'chat.kiva.example.com'),
  });

  expect(
    problemsOfFleet(
      changed,
      pins('prod', (text) => text.replace('  model-mirror:\n', `${minio}  model-mirror:\n`)),
    ),
  ).toEqual([]);
});

test('a fleet that releases, encrypts, watches and is reached in other ways breaks no rule', () => {
  const email = 'platform@example.com';
  const watched = (change: Partial<NonNullable<Target['monitoring']>>) => set('monitoring', change);
  const changed = fleet({
    'init/germanywestcentral': set('edge', { reachedBy: 'everybody' }),
    'dev/germanywestcentral': all(set('edge', { reachedBy: 'cluster' }), watched({ consoles: false, replicas: 2 })),
    'staging/eu-west-1': all(
      vllm({ release: { kind: 'blue-green', iterations: 5 } }),
      set('edge', { tls: { kind: 'lets-encrypt', server: 'staging', email, challenge: { kind: 'http01' } } }),
    ),
    'prod/us-west-2': all(
      vllm({ release: { kind: 'rolling', because: 'a test' }, replicas: { min: 1, max: 1 }, longestAnswerSeconds: 1200 }),
      // A volume of its own, in production as well: a loss of traces hurts nobody.
      watched({ tracing: { keptPercent: 5, retentionHours: 24, storage: { kind: 'volume', sizeGiB: 50 } } }),
    ),
    'prod/eu-west-1': ({ monitoring, ...target }) => {
      const { logs: _, tracing: __, ...bare } = monitoring as NonNullable<Target['monitoring']>;
      return { ...target, monitoring: bare };
    },
    'prod/us-east-1': vllm({ release: { kind: 'canary', canaryReplicas: { min: 2, max: 3 } }, replicas: { min: 6, max: 6 } }),
    'prod/germanywestcentral': all(set('edge', { tls: { kind: 'internal-ca' } }), vllm({ maxModelLen: 65_536, longestAnswerSeconds: 120 })),
  });

  expect(problemsOfFleet(changed)).toEqual([]);
});

test('a fleet with a new environment, regions of one ring and a pin that is ahead breaks no rule', () => {
  const staging = of('staging/eu-west-1');
  const hosts = Object.entries(staging.edge.appHosts ?? {}).map(([app, names]) => [app, names.map((name) => `qa.${name}`)]);
  const qa: Target = {
    ...staging,
    environment: 'qa',
    delivery: { removal: 'cascade', channel: 'qa' },
    region: {
      ...{ ...staging.region, modelBucket: 'llm-models-qa', sharedFileSystem: 'fs-0123456789abcdef4' },
      cloud: { kind: 'aws', region: 'eu-west-1', accountId: '777788889999' },
    },
    edge: { ...staging.edge, regionalHost: 'qa.api.llm-production.com', appHosts: Object.fromEntries(hosts) },
  };
  const ahead =
    'us-west-2:\n    images:\n      vllm:\n        repository: docker.io/vllm/vllm-openai\n        tag: v0.25.0\n        digest: unresolved';
  const edited = pins('prod', (text) =>
    text
      .replace(/^rings:\n(?: {2}- .*\n)+/m, 'rings:\n  - [us-west-2, eu-west-1, us-east-1, germanywestcentral]\n')
      .replace(/^regions:\n/m, `regions:\n  ${ahead}\n`),
  );
  const text = files.find(({ path }) => path.endsWith('/staging.yaml'))?.text ?? '';

  expect(problemsOfFleet([...targets, qa], [...edited, { path: 'releases/qa.yaml', text }])).toEqual([]);
});
