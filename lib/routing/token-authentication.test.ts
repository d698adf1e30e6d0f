import { eks } from '../environments/platforms';
import { secretStore } from '../security/secret-store';
import { find, synth } from '../testing/manifests';
import { TokenAuthentication } from './token-authentication';

const store = secretStore(eks);
const manifests = synth((chart) => {
  const stored = { issuer: 'clients-issuer', publicKey: 'clients-public-key' };
  expect(new TokenAuthentication(chart, 'clients', { store, issuer: { algorithm: 'RS256', stored } }).plugin).toBe('clients');
});

test('asks for a token of the issuer that has not expired, and not in the URL', () => {
  expect(find(manifests, 'KongPlugin', 'clients')).toMatchObject({
    plugin: 'jwt',
    config: { key_claim_name: 'iss', claims_to_verify: ['exp'], uri_param_names: [] },
  });
});

test('knows the issuer by a credential that the public gateway reads, whose key is fetched from the store', () => {
  const { metadata, credentials, username } = find(manifests, 'KongConsumer', 'clients');
  const { data, target } = find(manifests, 'ExternalSecret', 'clients').spec;

  expect(metadata.annotations).toMatchObject({ 'kubernetes.io/ingress.class': 'kong' });
  expect({ username, credentials }).toEqual({ username: 'clients', credentials: ['clients'] });
  expect(target.template.metadata.labels).toEqual({ 'konghq.com/credential': 'jwt' });
  expect(target.template.data).toEqual({ algorithm: 'RS256', key: '{{ .issuer }}', rsa_public_key: '{{ .publicKey }}' });
  expect(data.map(({ remoteRef }: { remoteRef: { key: string } }) => remoteRef.key)).toEqual(['clients-issuer', 'clients-public-key']);
});

test('shares a secret of the store with an issuer of ours, whose name is none', () => {
  const own = synth((chart) => {
    new TokenAuthentication(chart, 'users', {
      store,
      issuer: { algorithm: 'HS256', name: 'test-issuer', storedSecret: 'test-jwt-secret' },
    });
  });
  const { data, target } = find(own, 'ExternalSecret', 'users').spec;

  expect(target.template.data).toEqual({ algorithm: 'HS256', key: 'test-issuer', secret: '{{ .secret }}' });
  expect(data).toEqual([{ secretKey: 'secret', remoteRef: { key: 'test-jwt-secret' } }]);
});
