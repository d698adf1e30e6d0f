import { checkTarget } from '../check-target';
import { problems } from '../testing/problems';
import { type Drafts, sampleTarget } from '../testing/sample-target';

const RULE = 'certificates-are-trusted';
const issued =
  (acme: object) =>
  ({ get }: Drafts): void => {
    get('ClusterIssuer/internal').spec = { acme };
  };

test('fails for a host outside of the zones that challenges are for', () => {
  const solvers = (zone: string) => issued({ server: 'https://acme.example.com', solvers: [{ selector: { dnsZones: [zone] } }] });

  expect(problems(RULE, solvers('example.com'))).toEqual([]);
  expect(problems(RULE, solvers('example.org'))).toEqual([
    'Certificate/public: /spec/dnsNames/0 is *.example.com, which none of the solvers of ClusterIssuer/internal is for (example.org)',
  ]);
});

test('takes a solver for names as one for exactly these', () => {
  const solvers = (name: string) => issued({ server: 'https://acme.example.com', solvers: [{ selector: { dnsNames: [name] } }] });

  expect(problems(RULE, solvers('*.example.com'))).toEqual([]);
  expect(problems(RULE, solvers('example.com'))).toEqual([
    'Certificate/public: /spec/dnsNames/0 is *.example.com, which none of the solvers of ClusterIssuer/internal is for (example.com)',
  ]);
});

test('fails for a test certificate in production alone', () => {
  const target = sampleTarget(issued({ server: 'https://acme-staging-v02.api.letsencrypt.org/directory' }));
  const about = (environment: string) => checkTarget({ ...target, environment }).filter((text) => text.includes(RULE));

  expect(about('prod')).toEqual([expect.stringContaining('/spec/acme/server is Let’s Encrypt’s test server')]);
  expect(about('staging')).toEqual([]);
});

test('fails for a certificate that is renewed as soon as it is issued', () => {
  const before = (share: number) =>
    problems(RULE, ({ get }) => void Object.assign(get('Certificate/public').spec, { renewBeforePercentage: share }));

  expect(before(33)).toEqual([]);
  expect(before(67)).toEqual([]);
  expect(before(99)).toEqual([
    'Certificate/public: /spec/renewBeforePercentage is 99: it is renewed after 1 % of its life, again and again, until the authority refuses more (of one name, five a week)',
  ]);
});
