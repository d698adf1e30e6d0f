import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const RULE = 'databases-resolve';
const HOST = 'database-rw.llm.svc.cluster.local';

const url = (text: string) =>
  problems(RULE, (drafts) => {
    provided(drafts);
    drafts.get('ExternalSecret/web-keys').spec.target.template = { data: { URL: text } };
  });
const provided = ({ get, add }: Drafts) => {
  get('Cluster/database').spec.managed = { roles: [{ name: 'web' }] };
  add({
    ...{ apiVersion: 'postgresql.cnpg.io/v1', kind: 'Database', metadata: { name: 'shop', namespace: 'llm' } },
    spec: { name: 'shop', owner: 'web', cluster: { name: 'database' } },
  });
};
const AT = 'ExternalSecret/web-keys: /spec/target/template/data/URL';

test('accepts a user and a database that the cluster has', () => {
  expect(url(`postgresql://web:{{ .password | urlquery }}@${HOST}:5432/shop?sslmode=require`)).toEqual([]);
  expect(url(`postgresql://app:{{ .password | urlquery }}@${HOST}/app`)).toEqual([]);
});

test('fails for a user whom the cluster does not have', () => {
  expect(url(`postgresql://wbe:{{ .password | urlquery }}@${HOST}:5432/shop`)).toEqual([
    `${AT} names user "wbe", whom Cluster/database does not have (there: app, postgres, web)`,
  ]);
});

test('fails for a database that the cluster does not have', () => {
  expect(url(`postgresql://web:{{ .password | urlquery }}@${HOST}:5432/shpo`)).toEqual([
    `${AT} names database "shpo", which Cluster/database does not have (there: app, postgres, shop)`,
  ]);
});

test('fails for a password that is not escaped', () => {
  expect(url(`postgresql://web:{{ .password }}@${HOST}:5432/shop`)).toEqual([
    `${AT} puts {{ .password }} into a URL without escaping it: add | urlquery`,
  ]);
});

test('fails for variables of libpq', () => {
  const change = (drafts: Drafts) => {
    provided(drafts);
    drafts.get('Deployment/web').spec.template.spec.containers[0].env = [
      { name: 'PGHOST', value: HOST },
      { name: 'PGUSER', value: 'nobody' },
      { name: 'PGDATABASE', value: 'shop' },
    ];
  };

  expect(problems(RULE, change)).toEqual([
    'Deployment/web: /spec/template/spec/containers/0/env/1/value names user "nobody", whom Cluster/database does not have (there: app, postgres, web)',
  ]);
});

test('fails for a connection that may do without encryption', () => {
  expect(url(`postgresql://web:{{ .password | urlquery }}@${HOST}:5432/shop?sslmode=disable`)).toEqual([
    expect.stringContaining('asks for sslmode=disable, and so passwords may cross the network as they are: write sslmode=require'),
  ]);
});
