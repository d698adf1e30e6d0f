import type { Manifest } from '../../kubernetes/manifest';
import { record } from '../fields';
import { settings } from '../file-settings';
import type { ModelClient } from '../model-clients';
import { behind, callersOfClient, edgeOf } from '../request-hops';
import type { Rule } from '../rule';

/** How often one request may be generated at most, whoever tries again. */
const MOST = 2;

const ANNOTATION = 'konghq.com/retries';

/** Tries beyond the first when nothing is written: of Kong, and of LiteLLM's router. */
const KONG_RETRIES = 5;
const LITELLM_RETRIES = 2;

interface Tries {
  readonly object: Manifest;
  readonly field: string;
  readonly count: number;
}

export const retriesBounded: Rule = {
  id: 'retries-bounded',
  title: `One request is generated at most ${MOST} times, however many hops try again.`,
  why: 'Retries multiply: five of Kong, two of LiteLLM and five of the gateway behind it make an overloaded engine generate the same answer up to 108 times.',
  fix: 'Let one hop retry: kongUpstream() of lib/routing/kong-upstream.ts writes no retries for Kong, and LiteLLM has one.',
  *check(target) {
    for (const client of target.modelClients) {
      const servers = behind(client, target);
      if (servers.length === 0) continue;

      const doors = [client.workload, ...callersOfClient(client, target).map(({ workload }) => workload)];
      const edge = doors
        .flatMap((workload) => edgeOf(workload, target).services)
        .map((object) => kong(object, '/metadata/annotations', object.metadata.annotations));
      const gateway = servers.flatMap(({ release }) => {
        if (release === undefined) return [];
        const { canary: object } = release;
        const { primary, canary } = record(object.spec?.service);
        return Object.entries({ primary, canary }).map(([role, service]) =>
          kong(object, `/spec/service/${role}/annotations`, record(service).annotations),
        );
      });
      const hops = [most(edge), litellm(client), most(gateway)].flatMap((hop) => hop ?? []);
      const product = hops.reduce((all, { count }) => all * count, 1);
      if (product <= MOST) continue;
      const worst = most(hops) as Tries;
      const parts = hops.map(({ object, count }) => `${count} (${object.kind}/${object.metadata.name})`);
      const message = `allows ${product} tries of one request, more than ${MOST}: ${parts.join(' × ')}`;
      yield { object: worst.object, field: worst.field, message };
    }
  },
};

function kong(object: Manifest, field: string, annotations: unknown): Tries {
  const retries = record(annotations)[ANNOTATION];
  return { object, field: `${field}/konghq.com~1retries`, count: 1 + (retries === undefined ? KONG_RETRIES : Number(retries)) };
}

/** A policy for some kinds of errors counts like the number for all. */
function litellm({ file }: ModelClient): Tries {
  const { object, field, text } = file;
  const general = settings(text, 'num_retries').map(({ value }) => Number(value));
  const single = [...text.matchAll(/^\s+\w+ErrorRetries: (\d+)/gm)].map(([, value]) => Number(value));
  const retries = Math.max(...(general.length === 0 ? [LITELLM_RETRIES] : general), ...single);
  return { object, field, count: 1 + retries };
}

const most = (all: readonly Tries[]): Tries | undefined =>
  all.reduce<Tries | undefined>((worst, each) => (worst === undefined || each.count > worst.count ? each : worst), undefined);
