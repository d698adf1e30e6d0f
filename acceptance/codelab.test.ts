import { acceptance } from './acceptance';
import { cluster } from './codelab/cluster';
import { data } from './codelab/data';
import { operations } from './codelab/operations';
import { procedures } from './codelab/procedures';
import { parts } from './codelab/services';

acceptance('C', 125, [cluster, parts, data, procedures, operations]);
