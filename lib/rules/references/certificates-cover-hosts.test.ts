import { behindIstio } from '../testing/behind-istio';
import { problems } from '../testing/problems';

const names = (hostname: string, dnsNames: readonly string[]) =>
  problems('certificates-cover-hosts', ({ get }) => {
    get('Gateway/public').spec.listeners[0].hostname = hostname;
    get('Certificate/public').spec.dnsNames = dnsNames;
  });

test('fails for a certificate that is issued for another host', () => {
  expect(names('web.example.com', ['api.example.com'])).toEqual([
    'Gateway/public: /spec/listeners/0/hostname is "web.example.com", for which no certificate is issued (there: api.example.com)',
  ]);
});

test('fails for a wildcard two labels away', () => {
  expect(names('web.eu.example.com', ['*.example.com'])).toHaveLength(1);
});

test('accepts the host itself, and a wildcard above it', () => {
  expect([...names('web.example.com', ['web.example.com']), ...names('web.example.com', ['*.example.com'])]).toEqual([]);
});

test('fails for a gateway of Istio with the certificate of another host', () => {
  const issued = (dnsNames: readonly string[]) =>
    problems('certificates-cover-hosts', (drafts) => {
      behindIstio(drafts);
      drafts.get('Certificate/models').spec.dnsNames = dnsNames;
    });

  expect([...issued(['models.example.com']), ...issued(['*.example.com'])]).toEqual([]);
  expect(issued(['web.example.com'])).toEqual([
    'Gateway/models: /spec/servers/1/hosts have "models.example.com", for which no certificate is issued (there: web.example.com)',
  ]);
});
