import { record, records } from '../fields';
import type { Rule } from '../rule';

const SEVERITIES = new Set(['info', 'warn', 'error']);
const CHANNELS = new Set(['slack', 'msteams', 'discord', 'rocket', 'gchat']);

export const alertsAreSent: Rule = {
  id: 'alerts-are-sent',
  title: 'Every alert of an analysis has a severity, and its provider a channel and an address that Flagger knows.',
  why: 'Flagger skips an alert whose provider it cannot use and says so in its own log alone: a version is rolled back, and nobody is told.',
  fix: 'Take the provider from AnalysedRelease of lib/delivery/analysed-release.ts, and have its address delivered as a Secret.',
  *check(target) {
    for (const { canary: object } of target.releases) {
      for (const [i, { severity = 'info' }] of records(record(object.spec).analysis?.alerts).entries()) {
        if (SEVERITIES.has(severity)) continue;
        yield { object, field: `/spec/analysis/alerts/${i}/severity`, message: `is "${severity}", not one of info, warn, error` };
      }
    }
    for (const object of target.all('AlertProvider.flagger.app')) {
      const { type, address, secretRef } = record(object.spec);
      if (!CHANNELS.has(type))
        yield { object, field: '/spec/type', message: `is ${JSON.stringify(type) ?? 'missing'}, not one of ${[...CHANNELS].join(', ')}` };
      if (address === undefined && secretRef === undefined)
        yield { object, field: '/spec/secretRef', message: 'is missing: there is no address to send to' };
    }
  },
};
