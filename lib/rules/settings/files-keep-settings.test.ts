import { problems } from '../testing/problems';

const LITELLM = `model_list:
  - model_name: llama
litellm_settings:
  require_auth_for_metrics_endpoint: true
  telemetry: false
  turn_off_message_logging: true
general_settings:
  master_key: os.environ/LITELLM_MASTER_KEY
  store_model_in_db: false
`;
const LOKI = `auth_enabled: false
schema_config:
  configs:
    - from: 2024-04-01
      schema: v13
      index:
        period: 24h
compactor:
  retention_enabled: true
limits_config:
  retention_period: 720h
`;
const file = (text: string) =>
  problems('files-keep-settings', ({ get }) => {
    get('ConfigMap/web-config').data = { 'config.yaml': text };
  });

test('accepts files that say all of it, and other files', () => {
  expect(file(LITELLM)).toEqual([]);
  expect(file(LOKI)).toEqual([]);
  expect(file('telemetry: true\n')).toEqual([]);
});

test.each([
  [
    'a key that is written out',
    LITELLM.replace('os.environ/LITELLM_MASTER_KEY', 'key'),
    'sets master_key to "key" in line 8: whoever reaches LiteLLM',
  ],
  ['a line that is lost', LITELLM.replace(/ {2}turn_off.*\n/, ''), 'lacks "turn_off_message_logging": prompts and answers go'],
  [
    'models in the database',
    LITELLM.replace('in_db: false', 'in_db: true'),
    'sets store_model_in_db to "true" in line 9: models are changed by hand',
  ],
  [
    'keys that nobody checks at times',
    `${LITELLM}  allow_requests_on_db_unavailable: true\n`,
    'sets allow_requests_on_db_unavailable to "true" in line 10: whoever asks is answered',
  ],
  [
    'details in the log',
    LITELLM.replace('telemetry', 'set_verbose: true\n  telemetry'),
    'sets set_verbose to "true" in line 5: LiteLLM writes',
  ],
  ['a schema of a later time', LOKI.replace('2024', '9999'), 'sets from to "9999-04-01" in line 4: Loki has nowhere to put logs until'],
  ['a day of no calendar', LOKI.replace('2024-04-01', 'April'), 'sets from to "April" in line 4: Loki has nowhere to put logs until'],
  ['an old schema', LOKI.replace('v13', 'v11'), 'sets schema to "v11" in line 5: Loki refuses to start'],
  ['logs for ever', LOKI.replace('enabled: true', 'enabled: false'), 'sets retention_enabled to "false" in line 9: logs are kept until'],
  ['a time without a unit', LOKI.replace('720h', '30'), 'sets retention_period to "30" in line 11: Loki does not know'],
])('fails for %s', (_, text, message) => {
  expect(file(text)).toEqual([expect.stringContaining(`ConfigMap/web-config: /data/config.yaml ${message}`)]);
});
