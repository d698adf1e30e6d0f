import type { Family } from './families';

/** What exporters and controllers tell of themselves and of what they watch. */
export const EXPORTERS: readonly Family[] = [
  {
    begins: 'kubelet_volume_stats_',
    labels: 'persistentvolumeclaim',
    names: 'available_bytes capacity_bytes used_bytes inodes inodes_free inodes_used health_status_abnormal',
  },
  {
    begins: 'flagger_',
    labels: 'name',
    names:
      'info:version,mesh_provider canary_duration_seconds~ canary_total? canary_status canary_weight:workload canary_metric_analysis:metric ' +
      'canary_successes_total:deployment_strategy,analysis_status canary_failures_total:deployment_strategy,analysis_status',
  },
  {
    begins: 'kong_',
    labels: 'workspace,consumer',
    names:
      'http_requests_total:service,route,code,source=kong|service request_latency_ms~:service,route kong_latency_ms~:service,route ' +
      'upstream_latency_ms~:service,route session_duration_ms~:service,route stream_sessions_total:service,route,code,source ' +
      'bandwidth_bytes!:service,route,direction=ingress|egress nginx_connections_total?:node_id,subsystem,state nginx_requests_total?:node_id,subsystem ' +
      'nginx_timers:state nginx_metric_errors_total datastore_reachable node_info:node_id,version upstream_target_health:* ' +
      'memory_lua_shared_dict_bytes:* memory_lua_shared_dict_total_bytes:* memory_workers_lua_vms_bytes:* db_entities_total? db_entity_count_errors_total ' +
      'control_plane_connected data_plane_cluster_cert_expiry_timestamp:* data_plane_last_seen:* data_plane_config_hash:* data_plane_version_compatible:* ' +
      'ai_llm_requests_total:* ai_llm_cost_total:* ai_llm_tokens_total:* ai_llm_provider_latency_ms~:*',
  },
  {
    begins: 'ingress_controller_',
    labels: 'dataplane,protocol,success=true|false',
    names:
      'configuration_push_count!:failure_reason configuration_push_duration_milliseconds~ configuration_push_last_successful translation_count!',
    open: true,
  },
  {
    begins: 'cnpg_',
    labels: '',
    names:
      'backends_total?:datname,usename,application_name,state backends_max_tx_duration_seconds:datname,usename,application_name,state ' +
      'backends_waiting_total? last_error:*',
  },
  {
    begins: 'cnpg_pg_',
    labels: '',
    names:
      'database_size_bytes:datname database_xid_age:datname database_mxid_age:datname postmaster_start_time replication_lag replication_in_recovery ' +
      'replication_is_wal_receiver_up replication_streaming_replicas replication_slots_active:slot_name,slot_type,database ' +
      'replication_slots_pg_wal_lsn_diff:slot_name,slot_type,database roles_password_valid_until_seconds:rolname settings_setting:name ' +
      'extensions_update_available:datname,extname,default_version,installed_version',
  },
  {
    begins: 'cnpg_pg_stat_archiver_',
    labels: '',
    names:
      'archived_count! failed_count! seconds_since_last_archival seconds_since_last_failure last_archived_time last_failed_time ' +
      'last_archived_wal_start_lsn last_failed_wal_start_lsn stats_reset_time',
  },
  {
    begins: 'cnpg_pg_stat_bgwriter_',
    labels: '',
    names:
      'checkpoints_timed! checkpoints_req! checkpoint_write_time! checkpoint_sync_time! buffers_checkpoint! buffers_clean! maxwritten_clean! ' +
      'buffers_backend! buffers_backend_fsync! buffers_alloc! stats_reset_time',
  },
  {
    begins: 'cnpg_pg_stat_checkpointer_',
    labels: '',
    names:
      'checkpoints_timed! checkpoints_req! restartpoints_timed! restartpoints_req! restartpoints_done! write_time! sync_time! buffers_written! ' +
      'stats_reset_time',
  },
  {
    begins: 'cnpg_pg_stat_database_',
    labels: 'datname',
    names:
      'xact_commit! xact_rollback! blks_read! blks_hit! tup_returned! tup_fetched! tup_inserted! tup_updated! tup_deleted! conflicts! temp_files! ' +
      'temp_bytes! deadlocks! blk_read_time! blk_write_time!',
  },
  {
    begins: 'cnpg_pg_stat_replication_',
    labels: 'usename,application_name,client_addr,client_port',
    names:
      'backend_start backend_xmin_age sent_diff_bytes write_diff_bytes flush_diff_bytes replay_diff_bytes write_lag_seconds flush_lag_seconds ' +
      'replay_lag_seconds',
  },
  {
    begins: 'cnpg_collector_',
    labels: 'cluster',
    names:
      'collections_total collection_errors_total:collector last_collection_error up collection_duration_seconds:collector manual_switchover_required ' +
      'sync_replicas:value replica_mode pg_wal_archive_status:value pg_wal:value postgres_version:full first_recoverability_point ' +
      'last_available_backup_timestamp last_failed_backup_timestamp fencing_on nodes_used wal_records:stats_reset wal_fpi:stats_reset ' +
      'wal_bytes:stats_reset wal_buffers_full:stats_reset wal_write:stats_reset wal_sync:stats_reset wal_write_time:stats_reset ' +
      'wal_sync_time:stats_reset last_collection_timestamp',
  },
  {
    begins: 'redis_memory_',
    labels: '',
    names:
      'used_bytes used_rss_bytes used_peak_bytes used_lua_bytes used_overhead_bytes used_startup_bytes used_dataset_bytes used_scripts_bytes ' +
      'used_vm_eval_bytes used_scripts_eval_bytes used_vm_functions_bytes used_vm_total_bytes used_functions_bytes max_bytes max_reservation_bytes ' +
      'max_reservation_desired_bytes max_fragmentation_reservation_bytes max_fragmentation_reservation_desired_bytes',
  },
  {
    begins: 'redis_connected_',
    labels: '',
    names:
      'clients slaves clients_details:* slave_lag_seconds:slave_ip,slave_port,slave_state slave_offset_bytes:slave_ip,slave_port,slave_state',
  },
  {
    begins: 'redis_commands_',
    labels: '',
    names: 'total:cmd duration_seconds_total:cmd processed_total rejected_calls_total:cmd failed_calls_total:cmd latencies_usec~:cmd',
  },
  {
    begins: 'redis_',
    labels: '',
    names:
      'up uptime_in_seconds start_time_seconds blocked_clients evicted_keys_total expired_keys_total expired_stale_percentage ' +
      'expired_time_cap_reached_total keyspace_hits_total keyspace_misses_total connections_received_total rejected_connections_total ' +
      'net_input_bytes_total net_output_bytes_total cpu_sys_seconds_total cpu_user_seconds_total cpu_sys_children_seconds_total ' +
      'cpu_user_children_seconds_total db_keys:db db_keys_expiring:db db_avg_ttl_seconds:db instance_info:* slowlog_length slowlog_last_id ' +
      'master_link_up:master_host,master_port master_sync_in_progress:master_host,master_port master_last_io_seconds_ago:master_host,master_port ' +
      'master_repl_offset slave_info:master_host,master_port,read_only slave_repl_offset:master_host,master_port replication_backlog_bytes ' +
      'mem_fragmentation_ratio rdb_last_save_timestamp_seconds rdb_last_bgsave_status aof_enabled aof_last_write_status loading_dump_file ' +
      'exporter_last_scrape_error:err exporter_scrapes_total',
    open: true,
  },
  {
    begins: 'DCGM_FI_',
    labels: '*',
    names:
      'DEV_SM_CLOCK DEV_MEM_CLOCK DEV_MEMORY_TEMP DEV_GPU_TEMP DEV_POWER_USAGE DEV_TOTAL_ENERGY_CONSUMPTION! DEV_PCIE_REPLAY_COUNTER! DEV_GPU_UTIL ' +
      'DEV_MEM_COPY_UTIL DEV_ENC_UTIL DEV_DEC_UTIL DEV_XID_ERRORS DEV_FB_FREE DEV_FB_USED DEV_FB_RESERVED DEV_UNCORRECTABLE_REMAPPED_ROWS! ' +
      'DEV_CORRECTABLE_REMAPPED_ROWS! DEV_ROW_REMAP_FAILURE DEV_NVLINK_BANDWIDTH_TOTAL! DEV_VGPU_LICENSE_STATUS PROF_GR_ENGINE_ACTIVE ' +
      'PROF_PIPE_TENSOR_ACTIVE PROF_DRAM_ACTIVE PROF_PCIE_TX_BYTES PROF_PCIE_RX_BYTES PROF_SM_ACTIVE PROF_SM_OCCUPANCY',
    open: true,
  },
  ...Object.entries({
    container_:
      'cpu_usage_seconds_total cpu_cfs_throttled_periods_total cpu_cfs_periods_total cpu_cfs_throttled_seconds_total memory_working_set_bytes ' +
      'memory_usage_bytes memory_rss memory_cache oom_events_total fs_usage_bytes fs_limit_bytes network_receive_bytes_total network_transmit_bytes_total',
    certmanager_: 'certificate_expiration_timestamp_seconds certificate_ready_status certificate_renewal_timestamp_seconds',
    externalsecret_: 'status_condition sync_calls_total sync_calls_error reconcile_duration',
    prometheus_:
      'rule_evaluation_failures_total rule_group_iterations_missed_total notifications_alertmanagers_discovered notifications_dropped_total ' +
      'tsdb_head_series tsdb_reloads_failures_total config_last_reload_successful target_scrapes_exceeded_sample_limit_total',
    alertmanager_: 'notifications_failed_total notifications_total alerts config_last_reload_successful cluster_members',
    otelcol_:
      'receiver_refused_spans_total receiver_accepted_spans_total exporter_send_failed_spans_total exporter_sent_spans_total ' +
      'exporter_send_failed_log_records_total exporter_sent_log_records_total exporter_queue_size exporter_queue_capacity',
    node_: 'memory_MemAvailable_bytes memory_MemTotal_bytes filesystem_avail_bytes filesystem_size_bytes cpu_seconds_total load1 load5',
    process_: 'start_time_seconds cpu_seconds_total resident_memory_bytes open_fds max_fds virtual_memory_bytes',
  }).map(([begins, names]) => ({ begins, labels: '*', names, open: true as const })),
];
