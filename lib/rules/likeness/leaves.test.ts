import { leavesOf } from './leaves';

const names = [[/\bus-west-2\b/g, '<region>']] as const;
const leaf = (value: unknown, field = 'value') => leavesOf({ [field]: value }, names).get(`/${field}`);

test.each([
  ['an amount', '512Mi', 'value', { form: '#', amounts: [512 * 2 ** 20] }],
  ['a number', 3, 'value', { form: '#', amounts: [3] }],
  ['a port, which is a name', 4000, 'containerPort', { form: '4000', amounts: [] }],
  ['a word', 'Retain', 'value', { form: 'Retain', amounts: [] }],
  ['numbers in a text', 'timeout: 620', 'value', { form: 'timeout: #', amounts: [620] }],
  ['the name of the place', 's3://models-us-west-2/v', 'value', { form: 's3://models-<region>/v', amounts: [] }],
  ['an image, whose version changes', 'docker.io/kong/kong:3.9.1', 'image', { form: 'docker.io/kong/kong', amounts: [] }],
  ['a digest', 'a@sha256:0fc63424aab3', 'value', { form: 'a@sha256:#', amounts: [] }],
])('takes apart %s', (_, value, field, expected) => {
  expect(leaf(value, field)).toEqual({ raw: typeof value === 'string' ? value : JSON.stringify(value), ...expected });
});

test('finds items of lists by their names, and by their places where names do not tell them apart', () => {
  const ways = (value: unknown) => [...leavesOf({ list: value }, []).keys()];

  expect(ways([{ name: 'b', value: 'x' }, { name: 'a' }])).toEqual(['/list/name=b/name', '/list/name=b/value', '/list/name=a/name']);
  expect(ways(['get', 'list'])).toEqual(['/list/=get', '/list/=list']);
  expect(ways([{ to: 1 }, { to: 2 }])).toEqual(['/list/0/to', '/list/1/to']);
  expect(ways([{ name: 'a' }, { name: 'a' }])).toEqual(['/list/name=a/name', '/list/1/name']);
});
