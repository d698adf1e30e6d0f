import type { SizeRecommendationProps } from '../workloads/size-recommendation';
import { type Size, type SizeName, sizes } from '../workloads/sizes';

/** What the services of one size class request, and their limits. */
export interface CodeLabSizes {
  /** Gateway, authentication and LLM proxy: they pass on what others work out. */
  readonly service: Size;

  /** The agents' runtime. */
  readonly runtime: Size;
}

/** Production's figures: an agent takes as much as two of the services around it. */
const PLANNED: CodeLabSizes = {
  service: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '1000m', memory: '1Gi' } },
  runtime: { requests: { cpu: '1000m', memory: '1Gi' }, limits: { cpu: '2000m', memory: '2Gi' } },
};

/** The sizes of CodeLab's services in a size class. */
export const codeLabSizes = (size: SizeName): CodeLabSizes => (size === 'high' ? PLANNED : { service: sizes.low, runtime: sizes.low });

/** What is recommended for the agents' runtime at least, which is the small size class, and at most: requests end where limits do. */
export const recommendedRuntime = (size: SizeName): SizeRecommendationProps['bounds'] => ({
  least: sizes.low.requests,
  most: codeLabSizes(size).runtime.limits,
});
