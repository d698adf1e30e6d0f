import { acceptance } from './acceptance';
import { delivery } from './ml/delivery';
import { published } from './ml/models';
import { protection } from './ml/protection';
import { serving } from './ml/serving';

acceptance('S', 59, [serving, published, delivery, protection]);
