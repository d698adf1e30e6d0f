import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const pulled = (change: (drafts: Drafts) => void, access = 'pull-secret') =>
  problems('images-can-be-pulled', (drafts) => {
    drafts.region.platform.registryAccess = access;
    const { spec } = drafts.get('Deployment/web').spec.template;
    spec.containers[0].image = 'exxkiregistry.azurecr.io/chat:1';
    change(drafts);
  });
const secret = [{ name: 'registry' }];
const podOf = ({ get }: Drafts) => get('Deployment/web').spec.template.spec;

test('accepts a Secret that the pod or its account names', () => {
  expect(pulled((drafts) => void Object.assign(podOf(drafts), { imagePullSecrets: secret }))).toEqual([]);
  expect(pulled((drafts) => void Object.assign(drafts.get('ServiceAccount/web'), { imagePullSecrets: secret }))).toEqual([]);
});

test('asks for none where nodes have an identity, and none for public images', () => {
  expect(pulled(() => {}, 'node-identity')).toEqual([]);
  expect(pulled((drafts) => void Object.assign(podOf(drafts).containers[0], { image: 'ghcr.io/berriai/litellm:1' }))).toEqual([]);
});

test('fails for a private image that nobody brings a Secret for', () => {
  expect(pulled(() => {})).toEqual([
    'Deployment/web: /spec/template/spec/containers/0/image is "exxkiregistry.azurecr.io/chat:1", and neither the pod nor its ServiceAccount names a Secret for that registry (imagePullSecrets)',
  ]);
});
