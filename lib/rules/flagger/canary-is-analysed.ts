import { isRecord, record, records } from '../fields';
import type { Rule } from '../rule';

export const canaryIsAnalysed: Rule = {
  id: 'canary-is-analysed',
  title: 'Every Canary is analysed, tells someone of a rollback and gives its pods back when it is removed.',
  why: 'Without spec.analysis the Flagger process crashes, for all Canaries of the cluster. With skipAnalysis a version reaches all users untested, with suspend it reaches nobody, and without revertOnDeletion removing the Canary leaves no pods.',
  fix: 'Release with AnalysedRelease of lib/delivery/analysed-release.ts, or choose the release kind rolling in lib/environments/ where nothing is to be analysed.',
  *check(target) {
    for (const { canary: object } of target.releases) {
      const { analysis, canaryAnalysis, suspend, skipAnalysis, revertOnDeletion } = record(object.spec);
      if (!isRecord(analysis)) {
        const old = canaryAnalysis === undefined ? '' : ': canaryAnalysis is its old name, which Flagger does not read here';
        yield { object, field: '/spec/analysis', message: `is missing${old}` };
      } else {
        if (records(analysis.metrics).length === 0)
          yield { object, field: '/spec/analysis/metrics', message: 'is empty: any version would pass' };
        if (records(analysis.alerts).length === 0) {
          yield { object, field: '/spec/analysis/alerts', message: 'is empty: nobody would hear of a rollback' };
        }
      }
      if (skipAnalysis === true) yield { object, field: '/spec/skipAnalysis', message: 'is true: new versions are promoted at once' };
      if (suspend === true) yield { object, field: '/spec/suspend', message: 'is true: new versions are never released' };
      if (revertOnDeletion !== true) {
        const message = 'is not true: without its Canary the Deployment stays at zero pods, and the primary is deleted';
        yield { object, field: '/spec/revertOnDeletion', message };
      }
    }
  },
};
