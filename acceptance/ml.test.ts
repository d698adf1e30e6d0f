import { acceptance } from './acceptance';

acceptance('S', 59, []);
