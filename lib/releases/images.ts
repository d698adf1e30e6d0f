/**
 * Every container image that Slipway's own manifests name. A region's registry, tag and digest for each are pins in
 * `releases/`; images of addons belong to their Helm charts.
 */
export const IMAGE_NAMES = [
  'admin-service',
  'alertmanager',
  'auth-service',
  'chat-service',
  'codelab-agent-runtime',
  'codelab-auth-service',
  'codelab-gateway',
  'grafana',
  'huggingfaceserver',
  'jaeger',
  'kong',
  'kube-scheduler',
  'litellm',
  'loadtester',
  'loki',
  'minio',
  'model-mirror',
  'mongodb',
  'mongodb-exporter',
  'nvidia-device-plugin',
  'ollama',
  'open-webui-backend',
  'open-webui-frontend',
  'otel-collector',
  'postgresql',
  'prometheus',
  'redis',
  'redis-exporter',
  'sklearnserver',
  'tensorflow-serving',
  'tritonserver',
  'vllm',
] as const;

export type ImageName = (typeof IMAGE_NAMES)[number];

/** Written where a digest, a revision or a checksum is not known yet: nothing is ever invented. */
export const UNRESOLVED = 'unresolved';

/** An image as it is pinned in a release file. */
export interface ImagePin {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

/** One image of one target. */
export interface Image {
  /** Registry and name: `docker.io/vllm/vllm-openai`. */
  readonly repository: string;

  /** Version that people read. */
  readonly tag: string;

  /**
   * `sha256:` and 64 hex digits: what is pulled, whatever becomes of the tag.
   *
   * @default - not looked up yet
   */
  readonly digest?: string;

  /** What a container names: `<repository>:<tag>@<digest>`, without the digest while it is unresolved. */
  readonly reference: string;
}

/** The image that a pin stands for. */
export function imageOf({ repository, tag, digest }: ImagePin): Image {
  if (digest === UNRESOLVED) return { repository, tag, reference: `${repository}:${tag}` };
  return { repository, tag, digest, reference: `${repository}:${tag}@${digest}` };
}
