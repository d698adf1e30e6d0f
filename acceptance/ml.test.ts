import { acceptance } from './acceptance';
import { delivery } from './ml/delivery';
import { published } from './ml/models';
import { serving } from './ml/serving';

acceptance('S', 59, [serving, published, delivery]);
