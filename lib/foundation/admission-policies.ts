import { Construct } from 'constructs';

import {
  ValidatingPolicySpecValidationActions as Action,
  type ImageValidatingPolicySpecAttestorsCosign as Cosign,
  ValidatingPolicySpecFailurePolicy as Failure,
  ImageValidatingPolicySpecValidationActions as ImageAction,
  ImageValidatingPolicySpecFailurePolicy as ImageFailure,
  ImageValidatingPolicy,
  type ImageValidatingPolicySpec,
  ImageValidatingPolicySpecCredentialsProviders as Provider,
  ValidatingPolicy,
  type ValidatingPolicySpec,
} from '../../imports/policies.kyverno.io';
import { IMAGE_SOURCES } from '../kubernetes/image-sources';
import { fromAddon } from '../kubernetes/sync-options';
import { routes } from '../kubernetes/sync-wave';
import type { Cloud } from '../regions/region';
import type { AdmissionSettings, SignedImages, Signer } from './admission-settings';

/** Properties for `AdmissionPolicies`. */
export interface AdmissionPoliciesProps {
  readonly settings: AdmissionSettings;

  /** Namespaces whose pods are looked at: ours. Those of the cluster and of addons never are. */
  readonly namespaces: readonly string[];

  readonly cloud: Cloud;
}

/** Seconds that the API server waits: a registry that does not answer must not hold a rollout up. */
const SIGNATURE_SECONDS = 15;

const annotations = { ...routes, ...fromAddon };

/**
 * What Kyverno makes of pods in our namespaces, whoever creates them: a controller, a person, somebody with a stolen token.
 *
 * Where Kyverno itself does not answer, pods are admitted (`Ignore`): the Pod Security Standard still holds, and an engine that cannot be
 * replaced at night costs more than one hour without a second look.
 */
export class AdmissionPolicies extends Construct {
  constructor(scope: Construct, name: string, { settings, namespaces, cloud }: AdmissionPoliciesProps) {
    super(scope, name);

    const matchConstraints = {
      namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...namespaces] }] },
      resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods'] }],
    };

    new ValidatingPolicy(this, 'baseline', {
      metadata: { name: 'pod-baseline', annotations },
      spec: {
        matchConstraints,
        failurePolicy: Failure.IGNORE,
        validationActions: [settings.baseline === 'deny' ? Action.DENY : Action.AUDIT],
        // Pods alone: limits of a namespace complete them after their workload was admitted.
        autogen: { podControllers: { controllers: [] } },
        ...baseline,
      },
    });

    for (const signed of settings.signatures) {
      new ImageValidatingPolicy(this, signed.name, {
        metadata: { name: `signed-images-of-${signed.name}`, annotations },
        spec: {
          matchConstraints,
          failurePolicy: ImageFailure.IGNORE,
          webhookConfiguration: { timeoutSeconds: SIGNATURE_SECONDS },
          ...signatureOf(signed),
          credentials: { providers: providersOf(cloud) },
        },
      });
    }
  }
}

/** What a pod must keep. Rules hold the same against what is synthesized; this is for what is not. */
const baseline: Pick<ValidatingPolicySpec, 'variables' | 'validations'> = {
  variables: [
    { name: 'containers', expression: 'object.spec.containers + object.spec.?initContainers.orValue([])' },
    { name: 'everyContainer', expression: 'variables.containers + object.spec.?ephemeralContainers.orValue([])' },
  ],
  validations: [
    {
      // A tag after the last slash, or a digest.
      expression:
        "variables.everyContainer.all(c, c.image.contains('@sha256:') || (c.image.matches(':[^/:]+$') && !c.image.endsWith(':latest')))",
      message: 'An image has no version: name a tag that stays, or a digest',
    },
    {
      expression: `variables.everyContainer.all(c, ${JSON.stringify(IMAGE_SOURCES)}.exists(source, c.image.startsWith(source)))`,
      message: 'An image comes from a registry or an owner that nobody agreed on',
    },
    {
      expression: 'variables.everyContainer.all(c, c.?securityContext.?privileged.orValue(false) == false)',
      message: 'A container is privileged',
    },
    {
      expression:
        'variables.containers.all(c, c.?resources.?requests.?cpu.hasValue() && c.?resources.?requests.?memory.hasValue() && c.?resources.?limits.?memory.hasValue())',
      message: 'A container does not say what it needs: give it requests, and a limit of memory',
    },
  ],
};

type Signature = Pick<
  ImageValidatingPolicySpec,
  'attestors' | 'matchImageReferences' | 'validationActions' | 'validationConfigurations' | 'validations'
>;

function signatureOf({ images, signedBy, unsigned }: SignedImages): Signature {
  return {
    matchImageReferences: [{ glob: images }],
    attestors: [{ name: 'signer', cosign: attestor(signedBy) }],
    validationActions: [unsigned === 'deny' ? ImageAction.DENY : ImageAction.AUDIT],
    // What a pod names stays what Git holds; digests are asked for by the release files.
    validationConfigurations: { required: true, mutateDigest: false, verifyDigest: false },
    validations: [
      {
        expression: 'images.containers.map(image, verifyImageSignatures(image, [attestors.signer])).all(count, count > 0)',
        message: `An image of ${images} is not signed by whom it should be`,
      },
    ],
  };
}

function attestor(signer: Signer): Cosign {
  if (signer.kind === 'key') return { key: { kms: signer.kms } };
  return { keyless: { identities: [{ issuer: signer.issuer, subjectRegExp: signer.subject }] } };
}

/** Signatures are in the registry beside their images: that of the cloud is read by the identity of the cluster. */
function providersOf({ kind }: Cloud): Provider[] {
  const own = { aws: Provider.AMAZON, azure: Provider.AZURE, gcp: Provider.GOOGLE, none: undefined }[kind];
  return own === undefined ? [Provider.DEFAULT] : [Provider.DEFAULT, own];
}
