import type { BackupSettings } from '../backup/backup-settings';
import type { CodeLabSettings } from '../codelab/codelab-settings';
import type { EdgeSettings } from '../edge/edge-settings';
import type { FoundationSettings } from '../foundation/foundation-settings';
import type { DeliverySettings } from '../gitops/delivery-settings';
import type { GptSettings } from '../gpt/gpt-settings';
import type { KivaSettings } from '../kiva/kiva-settings';
import type { MeshMode } from '../kubernetes/mesh';
import type { LiteLlmSettings } from '../litellm/litellm-settings';
import type { LlmSettings } from '../llm/llm-settings';
import type { MlSettings } from '../ml/ml-settings';
import type { MonitoringSettings } from '../monitoring/monitoring-settings';
import type { Region } from '../regions/region';

/** A tier: decisions, complete and in one place. What is the same everywhere is a constant of the construct it concerns. */
export interface Environment {
  readonly name: string;
  readonly delivery: DeliverySettings;
  readonly targets: readonly TargetSettings[];
}

/** What an environment decides for one of its regions: the settings of every app that runs there. */
export interface TargetSettings {
  readonly region: Region;
  readonly foundation: FoundationSettings;
  readonly edge: EdgeSettings;

  /** @default - nobody watches the target; what releases through Flagger, and all of production, must be watched */
  readonly monitoring?: MonitoringSettings;

  /** @default - nothing is served here */
  readonly llm?: LlmSettings;

  readonly litellm: LiteLlmSettings;

  /** @default - nothing is kept: what is lost can be had again; production must keep what it has */
  readonly backup?: BackupSettings;

  /** @default - no chat: what users write stays where it may be */
  readonly kiva?: KivaSettings;

  /** @default - no chat services */
  readonly gpt?: GptSettings;

  /** @default - no coding agents */
  readonly codelab?: CodeLabSettings;

  /** @default - no predictive models, and no KServe */
  readonly ml?: MlSettings;

  /**
   * Whether engines and agents are watched for what they should request. Nothing acts on it.
   *
   * @default false: what a few people use says nothing about the size that production needs
   */
  readonly recommendSizes?: boolean;

  /** @default - no mesh: policies of the network alone decide who reaches whom */
  readonly mesh?: MeshMode;
}

/** One environment in one region: the unit that is synthesized and deployed. */
export interface Target extends TargetSettings {
  readonly environment: string;
  readonly delivery: DeliverySettings;
}

/** The targets of an environment. */
export function targetsOf({ name, delivery, targets }: Environment): Target[] {
  return targets.map((settings) => ({ ...settings, environment: name, delivery }));
}

/** Name of a target's cluster in Argo CD. */
export const clusterOf = ({ environment, region }: Target): string => `${environment}-${region.name}`;
