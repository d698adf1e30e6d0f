import { unknownParameter } from './postgres-parameters';

/** Parameters that CloudNativePG sets itself, and refuses to take from anybody. */
const FIXED = new Set(
  (
    'allow_system_table_mods archive_command archive_mode bonjour bonjour_name cluster_name config_file data_directory data_sync_retry ' +
    'event_source external_pid_file hba_file hot_standby ident_file jit_provider listen_addresses log_destination log_directory ' +
    'log_file_mode log_filename log_rotation_age log_rotation_size log_truncate_on_rotation logging_collector port primary_conninfo ' +
    'primary_slot_name recovery_min_apply_delay recovery_target_timeline restart_after_crash restore_command shared_preload_libraries ssl ' +
    'ssl_ca_file ssl_cert_file ssl_crl_file ssl_key_file stats_temp_directory synchronous_standby_names syslog_facility ' +
    'unix_socket_directories unix_socket_group unix_socket_permissions wal_log_hints'
  ).split(' '),
);

/** Parameters by which PostgreSQL forgets what it has promised to keep, or tells what nobody should read. */
const HARMFUL: readonly (readonly [name: string, values: RegExp, what: string])[] = [
  ['fsync', /^(?:off|false|no|0)$/i, 'what was written is lost with the next power cut, and the rest with it'],
  ['full_page_writes', /^(?:off|false|no|0)$/i, 'a crash leaves pages that are half written'],
  ['synchronous_commit', /^(?:off|local)$/i, 'what clients were told is safe is lost with the primary'],
  ['autovacuum', /^(?:off|false|no|0)$/i, 'tables grow without end, and writes stop when transaction numbers are used up'],
  ['wal_level', /^minimal$/, 'nothing is written that standbys could follow or an archive could keep'],
  ['log_min_duration_statement', /^0$/, 'every query and what is in it goes to the log'],
  ['log_statement', /^all$/i, 'every query and what is in it goes to the log'],
];

/** A number with a unit, and not one of PostgreSQL’s. */
const BAD_UNIT = /^\d+(?:\.\d+)?\s*(?!(?:B|kB|MB|GB|TB|us|ms|s|min|h|d)$)[a-zA-Z]+$/;

/** Parameters with few values, and those values. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  synchronous_commit: ['on', 'off', 'local', 'remote_write', 'remote_apply', 'true', 'false', 'yes', 'no', '1', '0'],
  wal_level: ['minimal', 'replica', 'logical'],
  log_statement: ['none', 'ddl', 'mod', 'all'],
  password_encryption: ['scram-sha-256', 'md5'],
};

/** Parameters that are numbers, whatever their unit. */
const NUMBERS = /^max_(?!.*(?:standby|protocol))|_(?:size|mem|buffers|timeout|threshold|factor|cost|workers|connections)$/;

/**
 * What is wrong with a parameter of a cluster; undefined where nothing is.
 *
 * @param version of PostgreSQL; NaN where it is not known
 */
export function parameterFault(name: string, value: unknown, version: number): string | undefined {
  const text = String(value);
  const harm = HARMFUL.find(([parameter, values]) => parameter === name && values.test(text));
  if (harm !== undefined) return `is ${text}: ${harm[2]}`;
  if (BAD_UNIT.test(text))
    return `is ${text}, a unit that PostgreSQL does not know: sizes are in kB, MB or GB, times in ms, s, min, h or d`;
  if (FIXED.has(name)) return 'is set, but CloudNativePG sets this parameter itself and refuses it';
  if (typeof value !== 'string') return `is ${JSON.stringify(value)}, not a text: put it into quotes`;
  const unknown = unknownParameter(name, version);
  if (unknown !== undefined) return unknown;
  const choices = CHOICES[name];
  if (choices?.includes(value.toLowerCase()) === false) return `is "${value}", and it is one of ${choices.join(', ')}`;
  return NUMBERS.test(name) && !/^-?\d/.test(value) ? `is "${value}", which is no number` : undefined;
}
