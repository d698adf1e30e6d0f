import { acceptance } from './acceptance';
import { exposure } from './gpt/exposure';
import { network } from './gpt/network';
import { operations } from './gpt/operations';
import { services } from './gpt/services';

acceptance('G', 56, [services, exposure, network, operations]);
