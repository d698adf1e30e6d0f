import { problems } from '../testing/problems';
import type { Draft, Drafts } from '../testing/sample-target';

const found = (change: (sample: Drafts) => void) => problems('namespaces-are-limited', change);
const hard = (change: (hard: Draft) => void) => found(({ get }) => change(get('ResourceQuota/app-quota').spec.hard));
const container = (change: (limit: Draft) => void) => found(({ get }) => change(get('LimitRange/app-limits').spec.limits[0]));

const FIELD = 'Namespace/app: /metadata/name is app, a namespace in which';

test('fails for a namespace of pods without a quota, and for one without defaults', () => {
  expect(found(({ remove }) => remove('ResourceQuota/app-quota'))).toEqual([
    `${FIELD} no ResourceQuota bounds pods, requests.cpu, requests.memory, requests.nvidia.com/gpu`,
  ]);
  expect(found(({ remove }) => remove('LimitRange/app-limits'))).toEqual([
    `${FIELD} no LimitRange gives containers a default memory limit and default requests`,
  ]);
});

test('fails for a quota that leaves something out, GPUs where some are requested', () => {
  expect(hard((of) => delete of.pods)).toEqual([`${FIELD} no ResourceQuota bounds pods`]);
  expect(hard((of) => delete of['requests.nvidia.com/gpu'])).toEqual([`${FIELD} no ResourceQuota bounds requests.nvidia.com/gpu`]);
});

test('accepts a quota without GPUs where nothing requests any', () => {
  expect(
    found(({ get }) => {
      const [engine] = get('Deployment/model').spec.template.spec.containers;
      for (const side of ['requests', 'limits']) delete engine.resources[side]['nvidia.com/gpu'];
      delete get('ResourceQuota/app-quota').spec.hard['requests.nvidia.com/gpu'];
    }),
  ).toEqual([]);
});

test('fails for defaults that are for something else than containers, or incomplete', () => {
  expect(container((limit) => Object.assign(limit, { type: 'Pod' }))).toHaveLength(1);
  expect(container((limit) => delete limit.defaultRequest.cpu)).toEqual([`${FIELD} no LimitRange gives containers default requests`]);
  expect(container((limit) => delete limit.default)).toEqual([`${FIELD} no LimitRange gives containers a default memory limit`]);
});

test('asks it of namespaces of apps whose pods a chart brings, and not of those of addons', () => {
  expect(found(({ remove }) => remove('ResourceQuota/edge-quota'))).toHaveLength(1);
  expect(found(({ get }) => void expect(get('Namespace/cnpg-system')).toBeDefined())).toEqual([]);
});
