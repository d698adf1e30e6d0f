import { records } from '../fields';
import type { Rule } from '../rule';

/** A share in per cent, and one of what went well. */
const PERCENT = /^\s*100\s*\*/;
const WENT_WELL = /^\s*100\s*\*\s*\(\s*1\s*-/;

export const limitsFitQueries: Rule = {
  id: 'limits-fit-queries',
  title: 'The limits of a Canary are in the unit of its queries, and on the side where things go wrong.',
  why: 'A limit in another unit than the query, or on the wrong side, either never fails, so that every version passes, or always fails, so that none does.',
  fix: 'Write per cent where the query begins with 100 *, a minimum (min) for what must go well, and a maximum (max) for what must not happen.',
  *check(target) {
    for (const { canary: object, namespace } of target.releases) {
      for (const [i, { templateRef, thresholdRange }] of records(object.spec?.analysis?.metrics).entries()) {
        const template = target.find('MetricTemplate.flagger.app', templateRef?.namespace ?? namespace, String(templateRef?.name));
        const query = String(template?.spec?.query ?? '');
        const { min, max } = thresholdRange ?? {};
        if (!PERCENT.test(query)) continue;
        const at = `/spec/analysis/metrics/${i}/thresholdRange`;
        const of = `but MetricTemplate/${template?.metadata.name} answers in per cent`;
        if (min !== undefined && min <= 1)
          yield { object, field: `${at}/min`, message: `is ${min}, ${of}: write ${Number((min * 100).toFixed(6))} if that share is meant` };
        if (max !== undefined && max >= 100) yield { object, field: `${at}/max`, message: `is ${max}, ${of}: no value would exceed it` };
        if (WENT_WELL.test(query) && min === undefined && max !== undefined) {
          yield {
            object,
            field: at,
            message: `has only a maximum, but MetricTemplate/${template?.metadata.name} answers with a share of successes, which needs a minimum`,
          };
        }
      }
    }
  },
};
