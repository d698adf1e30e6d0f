import { euWest1, usEast1 } from '../../environments/regions';
import type { Manifest } from '../../kubernetes/manifest';
import type { Region } from '../../regions/region';
import { type RuledTarget, TargetIndex } from '../target-index';
import { chatDataStaysInTheEu } from './chat-data-stays-in-the-eu';

const object = (apiVersion: string, kind: string, namespace: string): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: kind.toLowerCase(), namespace },
});

const stores = (namespace: string): Manifest[] => [
  object('postgresql.cnpg.io/v1', 'Cluster', namespace),
  object('apps/v1', 'StatefulSet', namespace),
  object('v1', 'PersistentVolumeClaim', namespace),
];

function problems(region: Region | undefined, manifests: readonly Manifest[]): string[] {
  const target: RuledTarget = {
    environment: 'prod',
    region: 'somewhere',
    apps: [{ name: 'app', manifests }],
    ...(region === undefined ? {} : { facts: { region } }),
  };
  return [...chatDataStaysInTheEu.check(new TargetIndex(target))].map(
    ({ object, field, message }) => `${object.kind}: ${field} ${message}`,
  );
}

test.each(['kiva', 'gpt'])('fails for everything that keeps data of %s outside of the EU', (chat) => {
  const message = `/metadata/namespace is ${chat}, which holds what a chat keeps, but us-east-1 is under the jurisdiction "us", not "eu"`;

  expect(problems(usEast1, stores(chat))).toEqual([`Cluster: ${message}`, `StatefulSet: ${message}`, `PersistentVolumeClaim: ${message}`]);
});

test('accepts the chat in the EU', () => {
  expect(problems(euWest1, stores('kiva'))).toEqual([]);
});

test('accepts data of others anywhere, and what keeps none', () => {
  expect(problems(usEast1, [...stores('litellm'), object('apps/v1', 'Deployment', 'kiva')])).toEqual([]);
});

test('says nothing of a place that nobody knows', () => {
  expect(problems(undefined, stores('kiva'))).toEqual([]);
});
