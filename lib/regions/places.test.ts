import { germanyWestCentral, local, usWest2 } from '../environments/regions';
import { foreignPlace, isOutsideEu, placeOf } from './places';

test('tells where a region is: by what its account says, or by its zones', () => {
  expect(placeOf(usWest2)).toBe('us-west-2');
  expect(placeOf({ ...germanyWestCentral, name: 'kiva-one' })).toBe('germanywestcentral');
  expect(placeOf(local)).toBeUndefined();
});

test.each([
  ['aws', 'us-west-2', 'llm-models-us-east-1', 'us-east-1'],
  ['aws', 'us-west-2', 'llm-models-us-west-2', undefined],
  ['aws', 'us-west-2', 'us-west-2-of-us-east-1', undefined], // it names its own as well
  ['aws', 'us-west-2', 'us-west-21.example.com', undefined],
  ['aws', 'us-west-2', 'models.example.com', undefined],
  ['gcp', 'europe-west3', 'models-europe-west1', 'europe-west1'],
  ['azure', 'germanywestcentral', 'us-east-1', undefined],
] as const)('in %s %s, finds what is foreign in "%s"', (kind, place, text, foreign) => {
  expect(foreignPlace(kind, place, text)).toBe(foreign);
});

test.each([
  ['aws', 'us-west-2'],
  ['aws', 'eu-west-2'], // London
  ['aws', 'eu-central-2'], // Zurich
  ['aws', 'ap-southeast-1'],
  ['azure', 'uksouth'],
  ['azure', 'eastus2'],
  ['azure', 'southeastasia'],
  ['gcp', 'europe-west6'],
] as const)('knows that %s %s is outside of the EU', (kind, place) => {
  expect(isOutsideEu(kind, place)).toBe(true);
});

test.each([
  ['aws', 'eu-west-1'],
  ['aws', 'atlantis-1'],
  ['azure', 'germanywestcentral'],
  ['azure', 'westeurope'],
  ['gcp', 'europe-west3'],
  ['none', 'us-west-2'],
] as const)('does not take %s %s for a place outside of the EU', (kind, place) => {
  expect(isOutsideEu(kind, place)).toBe(false);
});
