import { acceptance } from './acceptance';

acceptance('G', 56, []);
