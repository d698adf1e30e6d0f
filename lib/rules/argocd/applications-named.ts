import { problemAt } from '../delivered';
import { record } from '../fields';
import type { FleetRule } from '../rule';

/** A label's value, which is what names of Applications become in several places. */
const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/;
const LABEL_KEY = /^(?:[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;

export const applicationsNamed: FleetRule = {
  id: 'applications-named',
  title: 'Every Application has a name of its own that fits a label, and valid labels.',
  why: 'Argo CD refuses the second of two Applications with one name, as owned by another ApplicationSet; and names are used as labels, which have at most 63 characters.',
  fix: 'Name Applications {{.app}}-{{.environment}}-{{.region}}, at most 63 lower-case letters, digits and dashes.',
  *checkFleet({ applications }) {
    const taken = new Map<string, string>();
    for (const delivered of applications) {
      const { application, owner } = delivered;
      const { name, labels, generateName } = record(application.metadata);
      if (generateName !== undefined)
        yield problemAt(delivered, '/metadata/generateName', 'is written, though ApplicationSets take only a name');
      if (!NAME.test(name))
        yield problemAt(
          delivered,
          '/metadata/name',
          `gives the name "${name}", which is not at most 63 lower-case letters, digits and dashes`,
        );
      const other = taken.get(name);
      if (other !== undefined) yield problemAt(delivered, '/metadata/name', `gives the name "${name}", which ${other} yields too`);
      taken.set(name, `${owner.kind}/${owner.metadata.name}`);

      for (const [key, value] of Object.entries(record(labels))) {
        const pointer = `/metadata/labels/${key.replaceAll('/', '~1')}`;
        if (!LABEL_KEY.test(key)) yield problemAt(delivered, pointer, `is "${key}", which is no key of a label`);
        if (!LABEL_VALUE.test(String(value))) yield problemAt(delivered, pointer, `is "${value}", which is no value of a label`);
      }
    }
  },
};
