import { acceptance } from './acceptance';
import { access } from './llm-production/access';
import { autoscaling } from './llm-production/autoscaling';
import { delivery } from './llm-production/delivery';
import { engine } from './llm-production/engine';
import { engineConfiguration } from './llm-production/engine-configuration';
import { exposure } from './llm-production/exposure';
import { gpuNodes } from './llm-production/gpu-nodes';
import { models } from './llm-production/models';
import { observability } from './llm-production/observability';
import { regions } from './llm-production/regions';
import { release } from './llm-production/release';
import { signals } from './llm-production/signals';

acceptance('L', 139, [
  regions,
  gpuNodes,
  engine,
  engineConfiguration,
  exposure,
  autoscaling,
  models,
  access,
  delivery,
  release,
  observability,
  signals,
]);
