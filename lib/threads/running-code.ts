import { basename } from 'node:path';

/** The running code by its hash, packages included: the launcher names its bundle so. Undefined where code runs file by file. */
export const RUNNING = /^[0-9a-f]{16}$/.exec(basename(__filename, '.js'))?.[0];
