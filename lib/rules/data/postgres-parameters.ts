/**
 * Parameters that a PostgreSQL 15 and every later one takes, but for those that CloudNativePG sets itself, by how they begin:
 * what `postgres --describe-config` lists, and what it leaves out as being for developers.
 */
const SINCE_EVER: Readonly<Record<string, string>> = {
  '':
    'allow_in_place_tablespaces application_name array_nulls authentication_timeout autovacuum backend_flush_after ' +
    'backslash_quote backtrace_functions bytea_output check_function_bodies commit_delay commit_siblings compute_query_id ' +
    'constraint_exclusion cursor_tuple_fraction datestyle db_user_namespace deadlock_timeout dynamic_library_path ' +
    'dynamic_shared_memory_type effective_cache_size effective_io_concurrency escape_string_warning exit_on_error ' +
    'extra_float_digits force_parallel_mode from_collapse_limit fsync full_page_writes geqo gin_fuzzy_search_limit ' +
    'gin_pending_list_limit hash_mem_multiplier hot_standby_feedback huge_page_size huge_pages ' +
    'idle_in_transaction_session_timeout idle_session_timeout intervalstyle jit join_collapse_limit krb_caseins_users ' +
    'krb_server_keyfile lo_compat_privileges local_preload_libraries lock_timeout logical_decoding_work_mem ' +
    'maintenance_io_concurrency maintenance_work_mem old_snapshot_threshold password_encryption plan_cache_mode post_auth_delay ' +
    'pre_auth_delay promote_trigger_file quote_all_identifiers random_page_cost recursive_worktable_factor ' +
    'remove_temp_files_after_crash row_security search_path seq_page_cost session_preload_libraries session_replication_role ' +
    'shared_buffers shared_memory_type standard_conforming_strings statement_timeout stats_fetch_consistency ' +
    'superuser_reserved_connections synchronize_seqscans synchronous_commit timezone timezone_abbreviations ' +
    'transform_null_equals update_process_title work_mem xmlbinary xmloption zero_damaged_pages',
  archive_: 'cleanup_command library timeout',
  autovacuum_:
    'analyze_scale_factor analyze_threshold freeze_max_age max_workers multixact_freeze_max_age naptime vacuum_cost_delay ' +
    'vacuum_cost_limit vacuum_insert_scale_factor vacuum_insert_threshold vacuum_scale_factor vacuum_threshold work_mem',
  bgwriter_: 'delay flush_after lru_maxpages lru_multiplier',
  checkpoint_: 'completion_target flush_after timeout warning',
  client_: 'connection_check_interval encoding min_messages',
  cpu_: 'index_tuple_cost operator_cost tuple_cost',
  debug_: 'discard_caches pretty_print print_parse print_plan print_rewritten',
  default_:
    'statistics_target table_access_method tablespace text_search_config toast_compression transaction_deferrable ' +
    'transaction_isolation transaction_read_only',
  enable_:
    'async_append bitmapscan gathermerge hashagg hashjoin incremental_sort indexonlyscan indexscan material memoize mergejoin ' +
    'nestloop parallel_append parallel_hash partition_pruning partitionwise_aggregate partitionwise_join seqscan sort tidscan',
  geqo_: 'effort generations pool_size seed selection_bias threshold',
  ignore_: 'checksum_failure invalid_pages system_indexes',
  jit_:
    'above_cost debugging_support dump_bitcode expressions inline_above_cost optimize_above_cost profiling_support ' + 'tuple_deforming',
  lc_: 'messages monetary numeric time',
  log_:
    'autovacuum_min_duration btree_build_stats checkpoints connections disconnections duration error_verbosity executor_stats ' +
    'hostname line_prefix lock_waits min_duration_sample min_duration_statement min_error_statement min_messages ' +
    'parameter_max_length parameter_max_length_on_error parser_stats planner_stats recovery_conflict_waits replication_commands ' +
    'startup_progress_interval statement statement_sample_rate statement_stats temp_files timezone transaction_sample_rate',
  max_:
    'connections files_per_process locks_per_transaction logical_replication_workers parallel_maintenance_workers ' +
    'parallel_workers parallel_workers_per_gather pred_locks_per_page pred_locks_per_relation pred_locks_per_transaction ' +
    'prepared_transactions replication_slots slot_wal_keep_size stack_depth standby_archive_delay standby_streaming_delay ' +
    'sync_workers_per_subscription wal_senders wal_size worker_processes',
  min_: 'dynamic_shared_memory parallel_index_scan_size parallel_table_scan_size wal_size',
  parallel_: 'leader_participation setup_cost tuple_cost',
  recovery_: 'end_command init_sync_method prefetch target target_action target_inclusive target_lsn target_name target_time target_xid',
  ssl_:
    'ciphers crl_dir dh_params_file ecdh_curve max_protocol_version min_protocol_version passphrase_command ' +
    'passphrase_command_supports_reload prefer_server_ciphers',
  syslog_: 'ident sequence_numbers split_messages',
  tcp_: 'keepalives_count keepalives_idle keepalives_interval user_timeout',
  temp_: 'buffers file_limit tablespaces',
  trace_: 'lock_oidmin locks notify recovery_messages sort',
  track_: 'activities activity_query_size commit_timestamp counts functions io_timing wal_io_timing',
  vacuum_:
    'cost_delay cost_limit cost_page_dirty cost_page_hit cost_page_miss defer_cleanup_age failsafe_age freeze_min_age ' +
    'freeze_table_age multixact_failsafe_age multixact_freeze_min_age multixact_freeze_table_age',
  wal_:
    'buffers compression consistency_checking decode_buffer_size init_zero keep_size level receiver_create_temp_slot ' +
    'receiver_status_interval receiver_timeout recycle retrieve_retry_interval sender_timeout skip_threshold sync_method ' +
    'writer_delay writer_flush_after',
};

/** What later versions have brought. */
const SINCE: Readonly<Record<number, string>> = {
  16:
    'createrole_self_grant debug_io_direct debug_logical_replication_streaming debug_parallel_query enable_presorted_aggregate gss_accept_delegation ' +
    'icu_validation_level max_parallel_apply_workers_per_subscription reserved_connections scram_iterations send_abort_for_crash send_abort_for_kill ' +
    'vacuum_buffer_usage_limit',
  17:
    'allow_alter_system commit_timestamp_buffers enable_group_by_reordering event_triggers io_combine_limit max_notify_queue_pages ' +
    'multixact_member_buffers multixact_offset_buffers notify_buffers restrict_nonsystem_relation_kind serializable_buffers subtransaction_buffers ' +
    'summarize_wal sync_replication_slots synchronized_standby_slots trace_connection_negotiation transaction_buffers transaction_timeout ' +
    'wal_summary_keep_time',
  18:
    'autovacuum_vacuum_max_threshold autovacuum_worker_slots enable_distinct_reordering enable_self_join_elimination extension_control_path ' +
    'file_copy_method file_extend_method idle_replication_slot_timeout io_max_combine_limit io_max_concurrency io_method io_workers log_lock_failures ' +
    'max_active_replication_origins md5_password_warnings oauth_validator_libraries ssl_groups ssl_tls13_ciphers track_cost_delay_timing ' +
    'vacuum_max_eager_freeze_failure_rate vacuum_truncate',
};

/** What later versions have given up. */
const UNTIL: Readonly<Record<string, number>> = {
  ...{ promote_trigger_file: 15, vacuum_defer_cleanup_age: 15, force_parallel_mode: 15 },
  ...{ old_snapshot_threshold: 16, db_user_namespace: 16, trace_recovery_messages: 16 },
};

/** The newest version that is listed: what a later one takes, nobody here can tell. */
const NEWEST = Math.max(...Object.keys(SINCE).map(Number));

let since: ReadonlyMap<string, number> | undefined;

/** Every parameter, and the first version that takes it; 0 for those before the first list. */
function parameters(): ReadonlyMap<string, number> {
  since ??= new Map([
    ...Object.entries(SINCE_EVER).flatMap(([begins, names]) => names.split(' ').map((name) => [`${begins}${name}`, 0] as const)),
    ...Object.entries(SINCE).flatMap(([version, names]) => names.split(' ').map((name) => [name, Number(version)] as const)),
  ]);
  return since;
}

/**
 * Why PostgreSQL does not take a parameter; undefined where it does, or where nobody can tell.
 *
 * @param version major version; NaN where it is not known
 */
export function unknownParameter(name: string, version: number): string | undefined {
  if (name.includes('.') || version > NEWEST) return undefined; // an extension's, or a PostgreSQL that nobody has listed
  const first = parameters().get(name.toLowerCase());
  if (first === undefined) return 'is no parameter of PostgreSQL: no instance would start with it';
  if (first > version) return `is a parameter of PostgreSQL ${first}, and the image is ${version}: no instance would start with it`;
  const last = UNTIL[name.toLowerCase()];
  return last !== undefined && version > last ? `is no parameter since PostgreSQL ${last + 1}: no instance would start with it` : undefined;
}
