import { add, drop, remove, replace, set } from '../edits';
import { chapter } from '../fault';
import { CACHE, DATABASE, ENGINE, FIRST, GATEWAY, GATEWAY_CONFIG, GATEWAY_SECRETS, MIGRATION, POD } from './objects';

const STORE = 'ClusterSecretStore/platform';
const COPY = 'ExternalSecret/edge/ca-download';
const TEMPLATE = '/spec/target/template';

/** What scanners would take for a credential if it stood here in one piece. */
const fake = (prefix: string): string => prefix + 'a1B2c3D4'.repeat(4);

export const secrets = chapter('Secrets', {
  'key-misspelt': [
    'A variable reads a key that the Secret does not have.',
    set(GATEWAY, `${FIRST}/env/name=LLM_API_KEY/valueFrom/secretKeyRef/key`, 'llm-api-key'),
  ],
  'key-swapped': [
    'A variable reads the key of another.',
    set(GATEWAY, `${FIRST}/env/name=LITELLM_SALT_KEY/valueFrom/secretKeyRef/key`, 'LITELLM_MASTER_KEY'),
  ],
  'key-undelivered': ['An ExternalSecret no longer delivers a key that is read.', drop('ExternalSecret/llm/llm-secrets', '/spec/data/0')],
  'key-unread': [
    'An ExternalSecret delivers a key that nobody reads.',
    set('ExternalSecret/llm/llm-secrets', '/spec/data/-', { remoteRef: { key: 'huggingface-token' }, secretKey: 'hf-token' }),
  ],
  'key-delivered-twice': [
    'An ExternalSecret delivers one key twice.',
    set('ExternalSecret/llm/llm-secrets', '/spec/data/-', { remoteRef: { key: 'other-key' }, secretKey: 'api-key' }),
  ],
  'secret-misspelt': [
    'A variable reads a Secret that nobody delivers.',
    set(ENGINE, `${FIRST}/env/name=VLLM_API_KEY/valueFrom/secretKeyRef/name`, 'llm-secret'),
  ],
  'secret-undelivered': ['A Secret that pods read is no longer delivered.', remove('ExternalSecret/litellm/redis-credentials')],
  'secret-in-other-namespace': [
    'A Secret is delivered to another namespace than its reader’s.',
    set('ExternalSecret/llm/llm-secrets', '/metadata/namespace', 'litellm'),
  ],
  'secret-target-renamed': [
    'An ExternalSecret writes a Secret of another name than is read.',
    set('ExternalSecret/llm/llm-secrets', '/spec/target/name', 'llm'),
  ],
  'secret-written-twice': [
    'Two ExternalSecrets write one Secret.',
    set('ExternalSecret/litellm/litellm-api-rate-limit', '/spec/target/name', 'redis-credentials'),
  ],
  'secret-volume-key-misspelt': [
    'A volume takes a key that the Secret does not have.',
    set(CACHE, `${POD}/volumes/name=credentials/secret/items/0/key`, 'credentials'),
  ],
  'secret-volume-misspelt': [
    'A volume takes a Secret that nobody delivers.',
    set(CACHE, `${POD}/volumes/name=credentials/secret/secretName`, 'redis-secret'),
  ],
  'env-from-secret-misspelt': [
    'A container reads all of a Secret that nobody delivers.',
    set(GATEWAY, `${FIRST}/envFrom`, [{ secretRef: { name: 'litellm-env' } }]),
  ],
  'pull-secret-misspelt': [
    'A pod pulls its image with a Secret that nobody delivers.',
    set(GATEWAY, `${POD}/imagePullSecrets`, [{ name: 'registry' }]),
  ],
  'template-variable-misspelt': [
    'A template names a value that is not fetched.',
    replace(GATEWAY_SECRETS, `${TEMPLATE}/data/DATABASE_URL`, '.databasePassword', '.database_password'),
  ],
  'template-malformed': [
    'A template does not parse.',
    replace(GATEWAY_SECRETS, `${TEMPLATE}/data/DATABASE_URL`, ' | urlquery }}', ' | urlquery }'),
  ],
  'password-not-escaped': [
    'A password goes into a URL as it is.',
    replace(GATEWAY_SECRETS, `${TEMPLATE}/data/DATABASE_URL`, ' | urlquery', ''),
  ],
  'store-misspelt': [
    'An ExternalSecret names a store that does not exist.',
    set('ExternalSecret/llm/llm-secrets', '/spec/secretStoreRef/name', 'plattform'),
  ],
  'store-kind-wrong': [
    'An ExternalSecret takes the cluster’s store for one of its namespace.',
    set('ExternalSecret/llm/llm-secrets', '/spec/secretStoreRef/kind', 'SecretStore'),
  ],
  'store-refuses-namespace': [
    'The secret store does not serve a namespace that fetches from it.',
    set(STORE, '/spec/conditions/0/namespaces', ['edge', 'llm', 'cert-manager', 'monitoring']),
  ],
  'store-account-misspelt': [
    'The secret store logs in with a service account that does not exist.',
    set(STORE, '/spec/provider/aws/auth/jwt/serviceAccountRef/name', 'secrets-store'),
  ],
  'store-region-other': ['The secret store asks in another region.', set(STORE, '/spec/provider/aws/region', 'eu-west-1')],
  'refresh-malformed': [
    'An ExternalSecret refreshes at an interval that is no duration.',
    set(GATEWAY_SECRETS, '/spec/refreshInterval', '1 hour'),
  ],
  'secret-tracked': [
    'Flagger releases a new version whenever a secret is rotated.',
    drop('ExternalSecret/llm/llm-secrets', `${TEMPLATE}/metadata/annotations`),
  ],
  'database-secret-misspelt': [
    'The database’s user takes its password from a Secret that nobody delivers.',
    set(DATABASE, '/spec/managed/roles/0/passwordSecret/name', 'postgresql-user'),
  ],
  'database-secret-type': [
    'The database’s user takes its password from a Secret of a type that the operator refuses.',
    drop('ExternalSecret/litellm/postgresql-litellm', `${TEMPLATE}/data/username`),
  ],
  'plugin-secret-misspelt': [
    'A Kong plugin takes its password from a Secret that nobody delivers.',
    set('KongPlugin/litellm/litellm-api-rate-limit', '/configPatches/0/valueFrom/secretKeyRef/name', 'rate-limit'),
  ],
  'solver-secret-misspelt': [
    'A certificate’s DNS challenge takes its token from a Secret that nobody delivers.',
    set('ClusterIssuer/letsencrypt-prod', '/spec/acme/solvers/0/dns01/cloudflare/apiTokenSecretRef/name', 'cloudflare'),
  ],
  'alert-secret-misspelt': [
    'Alerts go to an address that nobody delivers.',
    set('AlertProvider/llm/on-call', '/spec/secretRef/name', 'slack'),
  ],
  'secret-object': [
    'A Secret stands in Git.',
    add('litellm', 'Secret/litellm-admin', 'litellm', { apiVersion: 'v1', stringData: { user: 'admin' } }),
  ],
  'credential-in-variable': [
    'A variable holds a password.',
    set(MIGRATION, `${POD}/initContainers/0/env/name=PGPASSWORD`, { name: 'PGPASSWORD', value: 'correct-horse-battery' }),
  ],
  'credential-in-argument': ['An argument holds a key.', set(ENGINE, `${FIRST}/command/-`, `--api-key=${fake('')}`)],
  'credential-in-config-map': [
    'A ConfigMap holds a key.',
    replace(GATEWAY_CONFIG, '/data/config.yaml', 'os.environ/LITELLM_MASTER_KEY', fake('sk-')),
  ],
  'credential-in-annotation': ['An annotation holds a token.', set(GATEWAY, '/metadata/annotations/example.com~1deploy-token', fake(''))],
  'credential-in-url': [
    'A URL holds a password.',
    set(MIGRATION, `${FIRST}/env/name=DATABASE_URL`, {
      name: 'DATABASE_URL',
      value: `postgresql://litellm:${'hunter2'}@postgresql-rw.litellm.svc.cluster.local:5432/litellm`,
    }),
  ],
  'copy-of-private-key': [
    'A private key is copied in place of a certificate.',
    set(COPY, '/spec/data/0/remoteRef/property', 'tls.key'),
    'dev/germanywestcentral',
  ],
  'copy-key-misspelt': [
    'A copy is taken of a key that the Secret does not have.',
    set(COPY, '/spec/data/0/remoteRef/property', 'ca.pem'),
    'dev/germanywestcentral',
  ],
  'copy-of-other-secret': [
    'A copy is taken of a Secret that may not be read.',
    set(COPY, '/spec/data/0/remoteRef/key', 'codelab-tls'),
    'dev/germanywestcentral',
  ],
  'copy-from-platform': [
    'What the cluster makes is looked for in the cloud’s store.',
    set(COPY, '/spec/secretStoreRef/name', 'platform'),
    'dev/germanywestcentral',
  ],
  'copy-right-dropped': [
    'Who copies a Secret has no right to read it.',
    set('Role/edge/internal-ca', '/rules/0/resourceNames', ['internal-ca']),
    'dev/germanywestcentral',
  ],
  'copy-not-served': [
    'A copy is made in a namespace that its store does not serve.',
    set('ClusterSecretStore/internal-ca', '/spec/conditions/0/namespaces', ['kiva']),
    'dev/germanywestcentral',
  ],
  'copy-too-early': [
    'A copy is waited for before the certificate that it is made from is asked for.',
    set(COPY, '/metadata/annotations/argocd.argoproj.io~1sync-wave', '-3'),
    'dev/germanywestcentral',
  ],
  'patch-not-json': [
    'Kong pastes a text into JSON as it stands.',
    set(COPY, `${TEMPLATE}/data/ca.json`, '{{ .certificate }}'),
    'dev/germanywestcentral',
  ],
  'credential-in-plugin': [
    'A Kong plugin holds a password.',
    set('KongPlugin/litellm/litellm-api-rate-limit', '/config/redis/password', 'correct-horse-battery'),
  ],
  'credential-in-alert-address': [
    'An alert’s address is a webhook with its token.',
    set('AlertProvider/llm/on-call', '/spec/address', `https://hooks.slack.com/${'services'}/T000/B000/${fake('')}`),
  ],
  'credential-in-chart-values': [
    'A chart’s values hold a password.',
    set('Application/argocd/prometheus-prod-us-east-1', '/spec/source/helm/valuesObject/grafana/adminPassword', 'correct-horse-battery'),
  ],
  'private-key-in-config-map': [
    'A ConfigMap holds a private key.',
    set('ConfigMap/litellm/redis-config', '/data/tls.key', `-----BEGIN ${'PRIVATE'} KEY-----\n${fake('')}\n`),
  ],
  'cloud-key-in-variable': [
    'A variable holds a cloud’s access key.',
    set(GATEWAY, `${FIRST}/env/-`, { name: 'AWS_ID', value: `AK${'IA'}ABCDEFGH12345678` }),
  ],
  'model-token-in-variable': [
    'A variable holds a token of the model hub.',
    set(ENGINE, `${FIRST}/env/-`, { name: 'HUB', value: fake('hf_') }),
  ],
});
