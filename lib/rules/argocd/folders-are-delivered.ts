import { problemAt } from '../delivered';
import { sourcesOf } from '../fleet-index';
import { folderOf } from '../fleet-summary';
import { there } from '../references/there';
import type { FleetRule } from '../rule';

export const foldersAreDelivered: FleetRule = {
  id: 'folders-are-delivered',
  title: 'Every folder of dist/ is delivered by exactly one Application, and every Application has its folder.',
  why: 'A folder without an Application is deployed nowhere; two Applications that deliver one folder undo each other; an Application without a folder fails with "app path does not exist".',
  fix: 'Let lib/gitops/delivery.ts write the elements from the apps that were synthesized.',
  *checkFleet(fleet) {
    for (const [folder, app] of fleet.apps) {
      const delivering = fleet.delivering(folder);
      if (delivering.length === 0) yield { app, field: '', message: 'is delivered by no Application: Argo CD would not deploy the folder' };
      for (const other of delivering.slice(1)) {
        const [first] = delivering;
        yield problemAt(
          other,
          '/spec/source/path',
          `gives the path "${folder}", which Application ${first?.application.metadata.name} delivers already`,
        );
      }
      if (delivering.length > 0 && app.objects.length === 0) yield { app, field: '', message: 'holds no object' };
    }
    for (const delivered of fleet.applications) {
      for (const { path, field } of sourcesOf(delivered.application)) {
        if (typeof path !== 'string' || !path.startsWith('dist/') || fleet.apps.has(path)) continue;
        const near = [...fleet.apps.values()].filter((app) => path.startsWith(`dist/${app.environment}/${app.region}/`)).map(folderOf);
        yield problemAt(delivered, `${field}/path`, `gives the path "${path}", which is no folder of an app${there(near, path)}`);
      }
    }
  },
};
