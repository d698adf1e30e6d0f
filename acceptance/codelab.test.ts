import { acceptance } from './acceptance';

acceptance('C', 125, []);
