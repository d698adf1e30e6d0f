import { behindIstio } from '../testing/behind-istio';
import { problems } from '../testing/problems';

const DNS = 'external-dns.alpha.kubernetes.io';
const right = {
  [`${DNS}/set-identifier`]: 'nowhere',
  [`${DNS}/aws-region`]: 'eu-west-1',
  [`${DNS}/aws-evaluate-target-health`]: 'true',
};
const found = (changed: Readonly<Record<string, string | undefined>>, label = 'published') =>
  problems('records-choose-region', ({ get, region }) => {
    const { metadata } = get('HTTPRoute/web');
    region.cloud = { kind: 'aws', region: 'eu-west-1', accountId: '111122223333' };
    metadata.labels = { 'slipway.dev/dns': label };
    Object.assign(metadata.annotations, right);
    for (const [name, value] of Object.entries(changed)) {
      if (value === undefined) delete metadata.annotations[`${DNS}/${name}`];
      else metadata.annotations[`${DNS}/${name}`] = value;
    }
  });
const AT = 'HTTPRoute/web: /metadata/annotations/external-dns.alpha.kubernetes.io~1';

test('accepts the record of a region, one with a weight, and one that nobody shares', () => {
  expect([
    ...found({}),
    ...found({ 'aws-region': undefined, 'aws-weight': '50', 'set-identifier': 'blue-nowhere' }),
    ...found({ 'aws-region': undefined, 'set-identifier': undefined, 'aws-evaluate-target-health': undefined, ttl: '60' }),
    ...problems('records-choose-region'),
  ]).toEqual([]);
});

test('fails for a route that external-dns does not read', () => {
  expect(found({}, 'private')).toEqual([
    'HTTPRoute/web: /metadata/labels/slipway.dev~1dns is not "published", which external-dns looks for: there would be no records of its hosts',
  ]);
});

test.each<[string, Parameters<typeof found>[0], string]>([
  ['a way to choose without an identifier', { 'set-identifier': undefined }, 'set-identifier is missing beside aws-region'],
  ['an identifier without a way to choose', { 'aws-region': undefined }, 'set-identifier is "nowhere", and nothing says how'],
  ['the identifier of another region', { 'set-identifier': 'us-west-2' }, 'set-identifier is "us-west-2", without nowhere'],
  ['another region', { 'aws-region': 'us-west-2' }, 'aws-region is "us-west-2", and the load balancer is in eu-west-1'],
  ['a region that stays when it is down', { 'aws-evaluate-target-health': 'false' }, 'aws-evaluate-target-health is "false"'],
])('fails for %s', (_, changed, message) => {
  expect(found(changed)).toEqual([expect.stringContaining(AT + message)]);
});

test('asks a gateway of Istio for no label, by which none is left out, but for the rest', () => {
  const told = (identifier: string) =>
    problems('records-choose-region', (drafts) => {
      behindIstio(drafts);
      Object.assign(drafts.get('Gateway/models').metadata.annotations, right, { [`${DNS}/set-identifier`]: identifier });
    });

  expect(told('nowhere')).toEqual([]);
  expect(told('us-west-2')).toEqual([expect.stringContaining('set-identifier is "us-west-2", without nowhere')]);
});
