import { validExceptions } from './exceptions';
import { fieldsAreKnown } from './kubernetes/fields-are-known';
import { regionsAgree } from './likeness/regions-agree';
import { delivery } from './lists/delivery';
import { formAndNames } from './lists/form-and-names';
import { requestsAndReleases } from './lists/requests-and-releases';
import { running } from './lists/running';
import { safetyAndRoom } from './lists/safety-and-room';
import { readableFiles } from './readable-files';
import type { FleetRule, Rule, RuleText } from './rule';

/**
 * Every rule about a target, in the order of the report: causes come before what follows from them. First what an object is, what its own
 * fields say, what they name, what they select; then what a controller makes of it.
 */
export const targetRules: readonly Rule[] = [...formAndNames, ...requestsAndReleases, ...running, ...safetyAndRoom];

/** Every rule about what delivers the targets, in the order of the report: here too, causes come before what follows from them. */
export const fleetRules: readonly FleetRule[] = delivery;

/** What people read of all rules, in the order of the report. */
export const everyRule: readonly RuleText[] = [readableFiles, fieldsAreKnown, validExceptions, ...targetRules, ...fleetRules, regionsAgree];
