import { shapeOf } from './machines';

test.each([
  ['aws', 'c5.4xlarge', { cpus: 16 }],
  ['aws', 't3.large', { cpus: 2 }],
  ['aws', 't3.medium', {}],
  ['aws', 'm7i.metal-24xl', {}],
  ['aws', 'g6e.12xlarge', { cpus: 48, gpu: 'l40s', gpus: 4 }],
  ['aws', 'p4d.24xlarge', { cpus: 96 }], // its A100 have half the memory
  ['azure', 'Standard_D8s_v5', { cpus: 8 }],
  ['azure', 'Standard_E8-2s_v5', {}],
  ['azure', 'Standard_NC24ads_A100_v4', { cpus: 24, gpu: 'a100', gpus: 1 }],
  ['gcp', 'n2-standard-16', { cpus: 16 }],
  ['gcp', 'g2-standard-48', { cpus: 48 }],
  ['gcp', 'e2-medium', {}],
  ['gcp', 'a2-ultragpu-16g', {}],
  ['none', 'workstation', {}],
] as const)('reads what %s tells by the name %s', (cloud, name, shape) => {
  expect(shapeOf(cloud, name)).toEqual(shape);
});

test.each([
  ['aws', 'Standard_D8s_v5'],
  ['aws', 'c5'],
  ['azure', 'c5.4xlarge'],
  ['gcp', 'Standard_D8s_v5'],
] as const)('knows that %s has no %s', (cloud, name) => {
  expect(shapeOf(cloud, name)).toBe('foreign');
});
