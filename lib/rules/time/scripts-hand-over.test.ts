import { problems } from '../testing/problems';

const script = (text: string, command: readonly string[] = ['sh', '/etc/web/start.sh']) =>
  problems('scripts-hand-over', ({ get }) => {
    get('ConfigMap/web-config').data['start.sh'] = text;
    get('Deployment/web').spec.template.spec.containers[0].command = command;
  });

test.each([
  ['an exec at its end', '#!/bin/sh\nset -eu\nexec serve --port 8080\n'],
  ['an exec over several lines, and a comment', 'exec serve \\\n  --port 8080\n# what follows is never reached\n'],
  ['a trap', "trap 'kill $child' TERM\nserve & child=$!\nwait $child\n"],
])('accepts a script with %s', (_, text) => {
  expect(script(text)).toEqual([]);
});

test('accepts a script that no server is started by', () => {
  expect(script('serve\n', ['serve', '/etc/web/start.sh'])).toEqual([]);
});

test.each(['serve --port 8080\n', 'if [ -n "$DEBUG" ]; then\n  exec serve --debug\nfi\nserve\n'])('fails for %j', (text) => {
  expect(script(text)).toEqual([
    'ConfigMap/web-config: /data/start.sh ends without exec, so that the server of container web is never told to stop',
  ]);
});
