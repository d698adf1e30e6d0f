import { filesOf } from '../file-settings';
import { perText } from '../per-text';
import type { Rule } from '../rule';

const SHELL = /^(?:\/bin\/)?(?:ba|da|a)?sh$/;

export const scriptsHandOver: Rule = {
  id: 'scripts-hand-over',
  title: 'A script that starts a server hands over to it.',
  why: 'Kubernetes tells the first process of a container to stop. A shell does not pass that on: the server goes on until the grace period is over, and is killed in the middle of its work.',
  fix: 'Write exec in front of the command that starts the server.',
  *check(target) {
    for (const workload of target.workloads) {
      if (workload.object.kind === 'Job' || workload.object.kind === 'CronJob') continue;
      for (const { spec, init } of workload.containers) {
        const [shell, script] = [spec.command, spec.args].flat();
        if (init || !SHELL.test(String(shell))) continue;
        const name = String(script).slice(String(script).lastIndexOf('/') + 1);
        const file = filesOf(workload, target).find(({ field }) => field === `/data/${name}`);
        if (file === undefined || handsOver(file.text)) continue;
        const message = `ends without exec, so that the server of container ${spec.name} is never told to stop`;
        yield { object: file.object, field: file.field, message };
      }
    }
  },
};

/** Whether the last command of a script takes the place of the shell, or the shell itself listens. */
const handsOver = perText((text): boolean => {
  if (/^\s*trap\b/m.test(text)) return true;
  const lines = text.replaceAll('\\\n', ' ').split('\n');
  const last = lines.map((line) => line.trim()).findLast((line) => line !== '' && !line.startsWith('#'));
  return last === undefined || /^exec\b/.test(last);
});
