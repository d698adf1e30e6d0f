import type { Fault } from '../fault';
import { argocd } from './argocd';
import { buckets } from './buckets';
import { calls } from './calls';
import { capacity } from './capacity';
import { documents } from './documents';
import { gateway } from './gateway';
import { images } from './images';
import { kubernetes } from './kubernetes';
import { order } from './order';
import { places } from './places';
import { plugins } from './plugins';
import { policies } from './policies';
import { ports } from './ports';
import { probes } from './probes';
import { programs } from './programs';
import { promql } from './promql';
import { release } from './release';
import { scaling } from './scaling';
import { secrets } from './secrets';
import { security } from './security';
import { selectors } from './selectors';
import { servers } from './servers';
import { serving } from './serving';
import { state } from './state';
import { storage } from './storage';
import { time } from './time';
import { tokens } from './tokens';
import { watching } from './watching';

/** Every fault, chapter by chapter. */
export const allFaults: readonly Fault[] = [
  ...ports,
  ...selectors,
  ...serving,
  ...calls,
  ...documents,
  ...gateway,
  ...tokens,
  ...policies,
  ...secrets,
  ...security,
  ...images,
  ...probes,
  ...capacity,
  ...storage,
  ...scaling,
  ...time,
  ...release,
  ...promql,
  ...argocd,
  ...order,
  ...kubernetes,
  ...plugins,
  ...state,
  ...places,
  ...programs,
  ...buckets,
  ...watching,
  ...servers,
];
