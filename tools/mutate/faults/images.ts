import { replace, set } from '../edits';
import { chapter } from '../fault';
import { CACHE, DATABASE, ENGINE, FIRST, GATEWAY, LOAD_TESTER, MIGRATION, POD } from './objects';

const DIGEST = /@sha256:[0-9a-f]+/;

export const images = chapter('Images', {
  'image-latest': ['An image’s tag moves.', set(LOAD_TESTER, `${FIRST}/image`, 'ghcr.io/fluxcd/flagger-loadtester:latest')],
  'image-without-tag': ['An image has no tag.', set(LOAD_TESTER, `${FIRST}/image`, 'ghcr.io/fluxcd/flagger-loadtester')],
  'image-without-registry': ['An image names no registry.', set(CACHE, `${FIRST}/image`, 'redis:7.4.11-alpine')],
  'image-of-other-registry': [
    'An image comes from a registry that nobody agreed on.',
    set(CACHE, `${FIRST}/image`, 'registry.example.net/redis:7.4.11-alpine'),
  ],
  'image-of-other-owner': [
    'An image comes from a stranger at a public registry.',
    replace(GATEWAY, `${FIRST}/image`, 'ghcr.io/berriai/', 'ghcr.io/berrlai/'),
  ],
  'image-digest-malformed': ['An image’s digest is too short.', replace(GATEWAY, `${FIRST}/image`, DIGEST, '@sha256:0fc63424')],
  'image-digests-mixed': ['The same image has two digests.', replace(ENGINE, `${POD}/initContainers/0/image`, /.$/, '0')],
  'image-versions-mixed': [
    'A migration runs another version than the server.',
    replace(MIGRATION, `${FIRST}/image`, /:v[\d.]+@sha256:\w+/, ':v1.90.0'),
  ],
  'image-tag-malformed': [
    'An image’s reference has a space.',
    set(LOAD_TESTER, `${FIRST}/image`, 'ghcr.io/fluxcd/flagger-loadtester: 0.38.0'),
  ],
  'image-empty': ['A container has no image.', set(LOAD_TESTER, `${FIRST}/image`, '')],
  'database-image-moves': [
    'The database’s image has a tag that moves.',
    set(DATABASE, '/spec/imageName', 'ghcr.io/cloudnative-pg/postgresql:latest'),
  ],
  'init-image-latest': [
    'An init container’s tag moves.',
    set(MIGRATION, `${POD}/initContainers/0/image`, 'ghcr.io/cloudnative-pg/postgresql:latest'),
  ],
  'chart-image-latest': [
    'A chart’s values name an image whose tag moves.',
    set('Application/argocd/kong-prod-us-east-1', '/spec/source/helm/valuesObject/image/tag', 'latest'),
  ],
  'frontend-of-other-release': [
    'A chat’s frontend is of an older release than its backend.',
    replace('Deployment/kiva/open-webui-frontend-kiva', `${FIRST}/image`, /:v[\d.]+/, ':v0.6.5'),
    'prod/germanywestcentral',
  ],
  'image-of-other-account': [
    'An image comes from staging’s account.',
    replace('Deployment/gpt/chat-service', `${FIRST}/image`, '111122223333', '444455556666'),
    'prod/eu-west-1',
  ],
  'image-cannot-be-pulled': [
    'A private image’s pods bring no Secret for its registry.',
    set('ServiceAccount/kiva/open-webui-backend-kiva', '/imagePullSecrets', []),
    'dev/local',
  ],
});
