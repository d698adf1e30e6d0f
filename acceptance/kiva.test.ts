import { acceptance } from './acceptance';
import { backups } from './kiva/backups';
import { capacity } from './kiva/capacity';
import { certificates } from './kiva/certificates';
import { components } from './kiva/components';
import { concept } from './kiva/concept';
import { environments } from './kiva/environments';
import { monitoring } from './kiva/monitoring';
import { operations } from './kiva/operations';
import { prerequisites } from './kiva/prerequisites';

acceptance('K', 99, [concept, environments, components, prerequisites, certificates, operations, capacity, monitoring, backups]);
