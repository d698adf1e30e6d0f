import { acceptance } from './acceptance';
import { network } from './gpt/network';
import { operations } from './gpt/operations';
import { services } from './gpt/services';

acceptance('G', 56, [services, network, operations]);
