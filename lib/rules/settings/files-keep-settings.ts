import type { Manifest } from '../../kubernetes/manifest';
import { record } from '../fields';
import { settings } from '../file-settings';
import { perObject } from '../per-object';
import type { Rule } from '../rule';

/** A setting that a file must hold: its name, its value, and what happens otherwise. */
type Demand = readonly [name: string, value: Pick<RegExp, 'test'>, otherwise: string, optional?: true];

/** A day that has begun everywhere; what has begun once is never a mistake later. */
const BEGUN = { test: (day: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(day) && Date.parse(day) <= Date.now() };

/** Files of programs, known by a setting that only they have. */
const FILES: readonly { readonly mark: string; readonly demands: readonly Demand[] }[] = [
  {
    mark: 'model_list',
    demands: [
      ['master_key', /^os\.environ\/\w+$/, 'whoever reaches LiteLLM may ask everything, and make keys'],
      ['turn_off_message_logging', /^true$/i, 'prompts and answers go to whatever LiteLLM logs to'],
      ['set_verbose', /^false$/i, 'LiteLLM writes prompts and keys to its log', true],
      ['telemetry', /^false$/i, 'LiteLLM reports to its authors'],
      ['require_auth_for_metrics_endpoint', /^true$/i, 'the port of clients tells everybody who asks for what'],
      ['allow_requests_on_db_unavailable', /^false$/i, 'whoever asks is answered without a key while the database is away', true],
      ['store_model_in_db', /^false$/i, 'models are changed by hand, and Git does not say which there are'],
    ],
  },
  {
    mark: 'schema_config',
    demands: [
      ['from', BEGUN, 'Loki has nowhere to put logs until a day on which its first schema begins, such as 2026-01-01'],
      ['schema', /^v1[3-9]$/, 'Loki refuses to start, as structured metadata needs schema v13'],
      ['period', /^24h$/, 'Loki refuses to start, as its index has a period of 24h'],
      ['retention_enabled', /^true$/i, 'logs are kept until the volume is full'],
      ['retention_period', /^\d+[hdwmy]$/, 'Loki does not know how long logs are kept'],
      ['auth_enabled', /^false$/i, 'every request without a tenant is refused, and nobody sends one'],
    ],
  },
];

export const filesKeepSettings: Rule = {
  id: 'files-keep-settings',
  title: 'The files of LiteLLM and Loki set what their safety and their data depend on.',
  why: 'A line that is left out or turned is no error: the program starts with what its authors think is right for a first try, or ends with a message that only its log holds.',
  fix: 'Take the file from the construct of the program, which writes all of it.',
  alone: true,
  *check(target) {
    for (const object of target.all('ConfigMap')) {
      for (const [field, message] of faultsOf(object)) yield { object, field, message };
    }
  },
};

const faultsOf = perObject(({ data }: Manifest): readonly (readonly [field: string, message: string])[] =>
  Object.entries(record(data)).flatMap(([name, text]) => {
    if (typeof text !== 'string') return [];
    const file = FILES.find(({ mark }) => text.startsWith(`${mark}:`) || text.includes(`\n${mark}:`));
    return (file?.demands ?? []).flatMap(
      ([setting, value, otherwise, optional]): readonly (readonly [field: string, message: string])[] => {
        const [found] = settings(text, setting);
        if (found === undefined) return optional ? [] : [[`/data/${name}`, `lacks "${setting}": ${otherwise}`]];
        if (value.test(found.value)) return [];
        return [[`/data/${name}`, `sets ${setting} to "${found.value}" in line ${found.line}: ${otherwise}`]];
      },
    );
  }),
);
