import { PROOF, rulesPage } from '../../lib/rules/rules-page';
import type { Outcome } from './attempt';
import type { Fault } from './fault';

const percent = (share: number): string => `${Math.floor(share * 1000) / 10} %`;

/** `docs/rules.md`: the rules, and below them what each fault is caught by. */
export const pageOf = (outcomes: readonly Outcome[]): string => `${rulesPage()}\n${proofOf(outcomes)}`;

function proofOf(outcomes: readonly Outcome[]): string {
  const caught = outcomes.filter(({ caughtBy }) => caughtBy.length > 0).length;
  const chapters = [...new Set(outcomes.map(({ fault }) => fault.theme))].map((theme) => {
    const rows = outcomes.filter(({ fault }) => fault.theme === theme).map(rowOf);
    return `## ${theme}\n\n| fault | what is wrong | caught by |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `${PROOF}

\`npm run mutate\` puts ${outcomes.length} faults into what the real targets synthesize, one at a time, and runs the rules: ${caught} are
caught, ${percent(caught / outcomes.length)}. \`npm run mutate -- <fault>\` shows what the rules say about one of them, and
\`npm run mutate -- --docs\` writes this page.

${chapters.join('\n')}`;
}

const rowOf = ({ fault, caughtBy }: Outcome): string =>
  `${rowStart(fault)} ${caughtBy.map((id) => `\`${id}\``).join(', ') || '**nothing**'} |`;

/** How the row of a fault begins. */
export const rowStart = ({ id, title }: Fault): string => `| \`${id}\` | ${title.replaceAll('|', '\\|')} |`;
