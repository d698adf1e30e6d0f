import type { Run } from './measure';

/** What the aims are measured on. Each is a median of several runs. */
export interface Figures {
  /** Plain cdk8s: the same objects through `npx cdk8s synth`. */
  readonly plain: Run;

  /** `npm run synth`, nothing changed. */
  readonly npm: Run;

  /** `npx cdk8s synth`, nothing changed. */
  readonly npx: Run;

  /** The synth alone of the real targets and of the fleet, nothing changed. */
  readonly real: Run;
  readonly fleet: Run;
}

const PHASES = ['load', 'build', 'check', 'serialize', 'write'] as const;

/** The aims as a Markdown table: what is measured, against what, the aim, the result. */
export function aims({ plain, npm, npx, real, fleet }: Figures): string {
  const rows = [
    ['`npm run synth`, nothing changed', seconds(npm), `plain cdk8s: ${seconds(plain)}`, 0.25, npm.wallMs / plain.wallMs],
    ['`npx cdk8s synth`, nothing changed', seconds(npx), `plain cdk8s: ${seconds(plain)}`, 0.55, npx.wallMs / plain.wallMs],
    [
      'cost per object, fleet',
      micros(perObject(fleet)),
      `real targets: ${micros(perObject(real))}`,
      1.1,
      perObject(fleet) / perObject(real),
    ],
    [
      'peak memory, fleet',
      `${of(fleet, 'peakMiB')} MiB`,
      `real targets: ${of(real, 'peakMiB')} MiB`,
      1.5,
      of(fleet, 'peakMiB') / of(real, 'peakMiB'),
    ],
    ...(
      [
        ['real targets', real],
        ['fleet', fleet],
      ] as const
    ).map(([name, run]) => {
      const [serialize, stringify] = [of(run, 'serialize'), of(run, 'stringifyMs')];
      return [
        `serialize and compare, ${name}`,
        millis(serialize),
        `\`JSON.stringify\`: ${millis(stringify)}`,
        6,
        serialize / stringify,
      ] as const;
    }),
  ] as const;
  const lines = rows.map(
    ([work, result, against, aim, ratio]) =>
      `| ${work} | ${result} | ${against} | ≤ ${aim} | ${ratio.toFixed(2)}${ratio > aim ? ' (missed)' : ''} |`,
  );
  return ['| work | takes | against | aim | ratio |', '|---|---|---|---|---|', ...lines, ''].join('\n');
}

/** Time that `npm run synth` takes as a whole, as a Markdown table. */
export function wholes(runs: Readonly<Record<string, Run>>): string {
  const lines = Object.entries(runs).map(([when, run]) => `| ${when} | ${seconds(run)} |`);
  return ['| `npm run synth` when | takes |', '|---|---|', ...lines, ''].join('\n');
}

/** What the rules take of synths that look at everything, as a Markdown table. */
export function shareOfRules(runs: Readonly<Record<string, Run>>): string {
  const lines = Object.entries(runs).map(([what, run]) => {
    const rules = of(run, 'check');
    return `| ${what} | ${Math.round(rules)} ms | ${Math.round(run.wallMs)} ms | ${(rules / run.wallMs).toFixed(2)} |`;
  });
  return ['| of | rules | synth | rules / synth |', '|---|---|---|---|', ...lines, ''].join('\n');
}

/** Time of each phase as a Markdown table, ms. */
export function phases(runs: Readonly<Record<string, Run>>, plainFleet: Run): string {
  const lines = Object.entries(runs).map(([name, run]) => {
    const times = PHASES.map((phase) => Math.round(of(run, phase)));
    return `| ${[name, of(run, 'objects'), ...times, Math.round(run.wallMs), of(run, 'peakMiB')].join(' | ')} |`;
  });
  const plain = `Plain cdk8s takes ${seconds(plainFleet)} for the objects of the fleet.\n`;
  return [
    `| what | objects | ${PHASES.join(' | ')} | process | peak MiB |`,
    '|---|---|---|---|---|---|---|---|---|',
    ...lines,
    '',
    plain,
  ].join('\n');
}

const of = (run: Run, figure: string): number => run.told[figure] ?? Number.NaN;

/** Time that a synth spends on an object once it is loaded, ms. */
const perObject = (run: Run): number =>
  (of(run, 'build') + of(run, 'check') + of(run, 'serialize') + of(run, 'write')) / of(run, 'objects');

const seconds = ({ wallMs }: Run): string => `${(wallMs / 1000).toFixed(2)} s`;
const millis = (ms: number): string => `${ms.toFixed(1)} ms`;
const micros = (ms: number): string => `${Math.round(ms * 1000)} µs`;
