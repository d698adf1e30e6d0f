import * as z from 'zod/mini';

import { freezeMistake } from '../gitops/freeze';
import { ownNamespaces } from '../kubernetes/namespaces';
import { catalog } from '../models/catalog';
import { edge } from './edge-schema';
import { foundation } from './foundation-schema';
import { llm } from './llm-schema';
import { ml } from './ml-schema';
import { monitoring } from './monitoring-schema';
import { requestsPerMinute, scale, sizeGiB, stateful } from './parts';
import { region } from './region-schema';
import { placeName, reason, slackChannel } from './texts';
import { choice, map, rule, several, text, whole } from './vocabulary';

const delivery = map({
  removal: choice('cascade', 'by-hand'),
  freeze: z.optional(map({ schedule: z.string(), duration: z.string(), description: text(reason) }).check(rule(freezeMistake))),
  channel: z.optional(text(slackChannel)),
  rollingSync: z.optional(map({ because: text(reason) })),
});

/** One failed night must not leave an archive empty. */
const backup = map({ namespaces: several(choice(...ownNamespaces), 'namespace'), hour: whole(0, 23), keepDays: whole(2, 3650) });

/** Shared files of users: file systems of clouds grow to 100 TiB. */
const filesGiB = whole(1, 20_000);

/** What types cannot say about a target, and what they say to nobody where no compiler runs. */
export const targetSchema = map({
  environment: text(placeName),
  delivery,
  region,
  foundation,
  edge,
  monitoring: z.optional(monitoring),
  backup: z.optional(backup),
  llm: z.optional(llm),
  litellm: map({ scale, ...stateful, consolePath: z.optional(choice('/litellm')) }),
  gpt: z.optional(
    map({
      ...stateful,
      replicas: whole(1, 1000),
      model: z.optional(choice(...Object.keys(catalog))),
      database: map({ members: z.literal([1, 3]), sizeGiB }),
      requestsPerMinute,
    }),
  ),
  ml: z.optional(ml),
  mesh: z.optional(choice('strict', 'permissive')),
  recommendSizes: z.optional(z.boolean()),
  // A page of the chat is a hundred files: fewer refuse the first visitor.
  kiva: z.optional(map({ replicas: whole(1, 1000), ...stateful, filesGiB, requestsPerMinute: whole(100, 1_000_000) })),
  codelab: z.optional(
    map({
      scale: map({ gateway: scale, agentRuntime: scale, authService: scale, llmProxy: scale }),
      ...stateful,
      ...{ workspacesGiB: filesGiB, authDataGiB: filesGiB, requestsPerMinute },
    }),
  ),
});
