import { exception, parseException } from './exception';

const why = { owner: 'platform', reason: 'writes its cache (beside its program)', until: '2027-01-31' };

test('writes an annotation that reads back as what was written', () => {
  const [[name, text] = ['', '']] = Object.entries(exception('read-only-root', why));

  expect(name).toBe('slipway.dev/exception.read-only-root');
  expect(text).toBe('platform: writes its cache (beside its program) (until 2027-01-31)');
  expect(parseException(text)).toEqual(why);
});

test.each([{ until: '2027-02-30' }, { until: 'soon' }, { owner: '' }, { owner: 'team: platform' }, { reason: ' ' }])(
  'refuses %j',
  (wrong) => {
    expect(() => exception('read-only-root', { ...why, ...wrong })).toThrow(RangeError);
  },
);
