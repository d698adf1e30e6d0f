import { repository } from '../repository';

/** The page that tells what to do about an alert: `EngineStuck` → `engine-stuck.md`. */
export function runbook(alert: string): string {
  return `${repository.docs}/runbooks/${alert.replace(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()}.md`;
}
