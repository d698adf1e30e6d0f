import { drop, remove, replace, set } from '../edits';
import { chapter, type Faults } from '../fault';
import { FIRST } from './objects';

const CONSUMER = 'KongConsumer/gpt/chat-users';
const CREDENTIAL = 'ExternalSecret/gpt/chat-users';
const PLUGIN = 'KongPlugin/gpt/chat-users';
const SIGNER = 'Deployment/gpt/auth-service';
const TEMPLATE = '/spec/target/template';
const PLUGINS = '/metadata/annotations/konghq.com~1plugins';

const faults: Faults = {
  'consumer-removed': ['Kong knows nobody whose tokens it could check.', remove(CONSUMER)],
  'consumer-without-class': ['A consumer belongs to no gateway.', drop(CONSUMER, '/metadata/annotations/kubernetes.io~1ingress.class')],
  'consumer-of-other-class': [
    'A consumer belongs to another gateway.',
    set(CONSUMER, '/metadata/annotations/kubernetes.io~1ingress.class', 'kong-internal'),
  ],
  'consumer-without-credential': ['A consumer has no credential.', drop(CONSUMER, '/credentials')],
  'consumer-credential-misspelt': ['A consumer names a Secret that nobody delivers.', set(CONSUMER, '/credentials/0', 'chat-user')],
  'consumer-credential-undelivered': ['The credential of a consumer is not delivered.', remove(CREDENTIAL)],
  'consumer-credential-unlabelled': [
    'Kong does not see what kind of credential a Secret holds.',
    drop(CREDENTIAL, `${TEMPLATE}/metadata/labels`),
  ],
  'consumer-credential-of-other-kind': [
    'A credential is of another kind than the plugin checks.',
    set(CREDENTIAL, `${TEMPLATE}/metadata/labels/konghq.com~1credential`, 'key-auth'),
  ],
  'consumer-credential-without-issuer': ['A credential does not say whose tokens it checks.', drop(CREDENTIAL, `${TEMPLATE}/data/key`)],
  'consumer-credential-without-secret': ['A credential has nothing to check signatures by.', drop(CREDENTIAL, `${TEMPLATE}/data/secret`)],
  'consumer-algorithm-other': [
    'Kong expects another kind of signature than the credential holds.',
    set(CREDENTIAL, `${TEMPLATE}/data/algorithm`, 'RS256'),
  ],
  'token-algorithm-other': [
    'Tokens are signed in another way than Kong checks.',
    set(SIGNER, `${FIRST}/env/name=JWT_ALGORITHM/value`, 'HS512'),
  ],
  'token-issuer-other': ['Tokens name another issuer than Kong knows.', set(SIGNER, `${FIRST}/env/name=JWT_ISSUER/value`, 'auth-service')],
  'token-secret-other': [
    'Tokens are signed with another secret than Kong checks.',
    set(CREDENTIAL, '/spec/data/0/remoteRef/key', 'gpt-redis-password'),
  ],
  'token-plugin-removed': ['The plugin that checks tokens is gone.', remove(PLUGIN)],
  'token-plugin-not-named': ['The chat’s route no longer wants a token.', replace('HTTPRoute/gpt/chat', PLUGINS, 'chat-users,', '')],
  'token-plugin-misspelt': [
    'The chat’s route names a plugin that does not exist.',
    replace('HTTPRoute/gpt/chat', PLUGINS, 'chat-users', 'chat-user'),
  ],
  'token-without-end': ['Tokens are good for ever.', drop(PLUGIN, '/config/claims_to_verify')],
  'token-in-address': ['Tokens are taken from addresses, which logs keep.', drop(PLUGIN, '/config/uri_param_names')],
};

/** Tokens that a service of ours signs and Kong checks. */
export const tokens = chapter(
  'Consumers and tokens',
  Object.fromEntries(Object.entries(faults).map(([id, [title, edit]]) => [id, [title, edit, 'prod/eu-west-1'] as const])),
);
