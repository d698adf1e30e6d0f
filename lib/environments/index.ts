import { dev } from './dev';
import { type Environment, type Target, targetsOf } from './environment';
import { init } from './init';
import { prod } from './prod';
import { staging } from './staging';

/** Every environment, in the order in which a pin is promoted. */
export const environments: readonly Environment[] = [init, dev, staging, prod];

/** Every target. */
export const targets: readonly Target[] = environments.flatMap(targetsOf);
