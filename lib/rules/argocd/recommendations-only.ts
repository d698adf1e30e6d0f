import type { Manifest } from '../../kubernetes/manifest';
import { problemAt } from '../delivered';
import { record } from '../fields';
import type { FleetRule } from '../rule';
import { addonReleases, VALUES } from './addon-releases';

/** Charts of the vertical autoscaler. */
const CHARTS = ['vertical-pod-autoscaler', 'vpa'];

/** Its parts that act, and what they do; charts switch them on unless they are told otherwise. */
const ACTING = { updater: 'it evicts pods to resize them', admissionController: 'it changes what new pods request' };

export const recommendationsOnly: FleetRule = {
  id: 'recommendations-only',
  title: 'Where a vertical autoscaler may act by its mode, nothing is installed that acts, and what recommends is.',
  why: 'A mode other than Off leaves it to what is installed: an updater evicts engines that take minutes to load, and an admission controller changes the requests that autoscalers of replicas divide by.',
  fix: 'Leave updater and admission controller switched off, and the recommender on, in lib/gitops/addons/vertical-pod-autoscaler.ts.',
  *checkFleet(fleet) {
    for (const { delivered, chart, cluster, values } of addonReleases(fleet)) {
      if (!CHARTS.includes(chart)) continue;
      const objects = (fleet.clusters.get(cluster)?.apps ?? []).flatMap((app) => app.objects).filter(isVertical);
      const acted = objects.find(({ spec }) => record(record(spec).updatePolicy).updateMode !== 'Off');
      for (const [part, deed] of Object.entries(acted === undefined ? {} : ACTING)) {
        if (record(values[part]).enabled === false) continue;
        const message = `is not false: ${deed}, those of VerticalPodAutoscaler/${acted?.metadata.name} in ${acted?.metadata.namespace} too`;
        yield problemAt(delivered, `${VALUES}/${part}/enabled`, message);
      }
      if (objects.length > 0 && record(values['recommender']).enabled === false)
        yield problemAt(delivered, `${VALUES}/recommender/enabled`, `is false: nobody tells ${cluster} how large pods should be`);
    }
  },
};

const isVertical = ({ apiVersion, kind }: Manifest): boolean =>
  kind === 'VerticalPodAutoscaler' && apiVersion.startsWith('autoscaling.k8s.io/');
