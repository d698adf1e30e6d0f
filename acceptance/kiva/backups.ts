import type { Checks } from '../acceptance';
import { allIn, dist, page, targets } from '../read';

const aks = 'prod/germanywestcentral';
const notProduction = targets().filter((target) => !target.startsWith('prod/'));
const schedules = (target: string) => [...allIn(`dist/${target}`, 'Schedule'), ...allIn(`dist/${target}`, 'ScheduledBackup')];

/** What is kept of data. */
export const backups: Checks = {
  28: () => {
    expect(notProduction.flatMap(schedules)).toEqual([]);
    for (const target of targets('prod')) {
      expect(dist(`${target}/backup/Schedule.daily`).spec.schedule).toMatch(/^\d+ \d+ \* \* \*$/);
      for (const { spec } of allIn(`dist/${target}`, 'ScheduledBackup')) expect(spec.schedule).toMatch(/^0 \d+ \d+ \* \* \*$/);
    }
  },

  86: () => {
    const { template } = dist(`${aks}/backup/Schedule.daily`).spec;

    expect(template).toMatchObject({
      includedNamespaces: expect.arrayContaining(['kiva', 'litellm']),
      snapshotVolumes: true,
      ttl: '720h0m0s',
    });
    expect(page('runbooks/restore-a-namespace')).toContain('velero restore create kiva-$(date +%Y%m%d) --from-backup daily-<time>');
  },

  87: () => {
    for (const target of targets('prod')) {
      const clusters = allIn(`dist/${target}`, 'Cluster').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
      const backed = allIn(`dist/${target}`, 'ScheduledBackup').map(({ metadata, spec }) => `${metadata.namespace}/${spec.cluster.name}`);

      expect(clusters.length).toBeGreaterThan(0);
      expect(backed.sort()).toEqual(clusters.sort());
    }
    expect(dist(`${aks}/kiva/Cluster.postgresql`).spec.backup).toMatchObject({
      retentionPolicy: '30d',
      barmanObjectStore: { azureCredentials: { inheritFromAzureAD: true } },
    });
  },
};
