import * as z from 'zod/mini';

import { RESERVED_NAMES } from '../ml/ml-settings';
import { modelRuntimes } from '../ml/model-runtimes';
import { longestAnswerSeconds } from './llm-schema';
import { cache, requestsPerMinute, sizeGiB } from './parts';
import { placeName, publicPath, url, word } from './texts';
import { choice, cpus, figure, map, memoryGiB, oneOf, range, rule, several, text, whole } from './vocabulary';

const model = {
  name: text(placeName).check(
    rule((name) => (RESERVED_NAMES.includes(name) ? 'the app has objects of that name already: choose another' : undefined)),
  ),
  runtime: choice(...Object.keys(modelRuntimes)),
  version: text(placeName),
  cpus: cpus(0.1, 1000),
  memoryGiB: memoryGiB(0.1, 10_000),
  gpus: z.optional(whole(1, 16)),
  answersWithin: figure(0.005, 3600), // a millisecond passes in the gateways alone
  path: z.optional(text(publicPath)),
};

/** A setting that has no meaning beside others. */
const without = (mistake: string) => z.optional(z.unknown().check(rule(() => mistake)));

const standardModel = map({
  ...model,
  replicas: range(1, 1000),
  // Below, an idle server would be scaled out for ever.
  scale: map({ metric: choice('cpu', 'memory'), target: whole(10, 100) }),
  canaryTrafficPercent: without('only Knative divides requests: leave it out, or serve with mode "Knative"'),
});

const knativeModel = map({
  ...model,
  replicas: range(0, 1000),
  scale: map({ metric: choice('concurrency', 'rps'), target: whole(1, 100_000) }),
  canaryTrafficPercent: z.optional(whole(1, 99)),
}).check(
  rule(({ gpus, replicas }) =>
    gpus !== undefined && replicas.min < 1 ? 'it sleeps on GPUs, and would wait for a node to wake: keep one replica' : undefined,
  ),
);

const serving = {
  runtimes: several(choice(...Object.keys(modelRuntimes)), 'runtime'),
  storage: oneOf('kind', [map({ kind: z.literal('bucket') }), map({ kind: z.literal('minio'), sizeGiB })]),
  longestAnswerSeconds,
};

const countedByKong = { requestsPerMinute, cache };

interface Served {
  readonly longestAnswerSeconds: number;
  readonly models: readonly { readonly name: string; readonly answersWithin: number }[];
}

const inTime = rule<Served>(({ models, longestAnswerSeconds: longest }) => {
  const late = models.find(({ answersWithin }) => answersWithin > longest);
  return late === undefined
    ? undefined
    : `"${late.name}" promises answers within ${late.answersWithin} s, and each is cut off after its longestAnswerSeconds ${longest}: lower answersWithin`;
});

const some = rule<readonly unknown[]>((models) => (models.length === 0 ? 'it serves nothing: name a model, or leave ml out' : undefined));

const standard = { mode: z.literal('Standard'), ...serving, models: several(standardModel, 'model', ({ name }) => name).check(some) };

const uncounted = without('Istio\'s gateway counts no requests: leave it out, or take exposure "kong"');

export const ml = oneOf('mode', [
  oneOf('exposure', [
    map({
      ...{ ...standard, exposure: z.optional(z.literal('kong')), ...countedByKong },
      clients: without('only Istio\'s gateway is told here who lets clients in: leave it out, or take exposure "istio-gateway"'),
    }).check(inTime),
    map({
      ...{ ...standard, exposure: z.literal('istio-gateway'), requestsPerMinute: uncounted, cache: uncounted },
      clients: map({ issuer: text(word), audience: text(word), jwksUri: text(url) }),
    }).check(inTime),
  ]),
  map({
    mode: z.literal('Knative'),
    exposure: z.optional(choice('kong', 'knative-domain')),
    ...serving,
    ...countedByKong,
    models: several(knativeModel, 'model', ({ name }) => name).check(some),
  }).check(inTime),
]);
