import { find, synth } from '../testing/manifests';
import { flaggerChecksum, ReleaseMarker } from './release-marker';

test('computes the checksum that Flagger records', () => {
  // Computed by Go's encoding/json and crypto/sha256, as Flagger does.
  expect(flaggerChecksum({ revision: '7f3a9c', model: 'llama-3.3-70b' })).toBe('e96ea069f4af5a7c');
});

test('changes with what triggers a release, and with nothing else', () => {
  const data = (trigger: unknown) =>
    find(
      synth((chart) => new ReleaseMarker(chart, 'llm', { model: 'a' }, trigger)),
      'ConfigMap',
      'llm-release',
    ).data;

  expect(data({ image: 'v1' })).toEqual(data({ image: 'v1' }));
  expect(data({ image: 'v1' })).not.toEqual(data({ image: 'v2' }));
});

test('refuses a value that Flagger would encode differently', () => {
  expect(() => synth((chart) => new ReleaseMarker(chart, 'llm', { model: 'a<b' }, {}))).toThrow(
    'Cannot mark a release with model "a<b" as Flagger would encode it differently: use letters, digits, ".", "_" and "-"',
  );
});
