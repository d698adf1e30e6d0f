import type { Alert } from '../../observability/alert-rules';

/** Days before its end at which a certificate should long have been renewed: cert-manager begins thirty days before. */
const CERTIFICATE_DAYS = 14;

/** What the controllers of a cluster tell: releases, certificates, secrets. */
export const controllers: readonly Alert[] = [
  {
    name: 'ReleaseFailed',
    expr: 'max by (name, exported_namespace) (flagger_canary_status) == 2',
    ...{ for: '1m', severity: 'ticket' },
    summary: 'The release of {{ $labels.name }} has failed, and the version before serves',
    description: 'Users are served as before. The new version broke a limit of its analysis, or did not start in time.',
  },
  {
    name: 'CanaryStuck',
    expr: 'max by (name, exported_namespace) (flagger_canary_status) == 0',
    ...{ for: '3h', severity: 'ticket' },
    summary: 'The release of {{ $labels.name }} has neither succeeded nor failed for three hours',
    description: 'It holds GPUs of two versions meanwhile: it waits for a gate, for nodes, or for a metric that nobody reports.',
  },
  {
    name: 'CertificateExpires',
    expr: `min by (name, exported_namespace) (certmanager_certificate_expiration_timestamp_seconds) - time() < ${CERTIFICATE_DAYS} * 86400`,
    ...{ for: '1h', severity: 'page' },
    summary: `Certificate {{ $labels.name }} ends within ${CERTIFICATE_DAYS} days and has not been renewed`,
    description: 'When it has ended, no client connects any more.',
  },
  {
    name: 'SecretNotDelivered',
    expr: 'max by (name, exported_namespace) (externalsecret_status_condition{condition="Ready", status="False"}) == 1',
    ...{ for: '15m', severity: 'ticket' },
    summary: 'Secret {{ $labels.exported_namespace }}/{{ $labels.name }} is not delivered from its store',
    description: 'Pods that run keep what they have; those that start without it wait, and a rotated password is not known.',
  },
];
