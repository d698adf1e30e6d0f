import { Output } from './output';

/**
 * What the test kills: `node tools/run.cjs lib/output/interrupted-synth.ts <repository> <word>` writes 300 files that hold nothing
 * but the word, 3,000 times. Half of them keep their names from word to word, so that all of creating, changing and removing happens.
 */
const [repository = '', word = ''] = process.argv.slice(2);
const output = new Output(repository, ['dist', 'argocd'], 'write');

for (const app of ['a', 'b', 'c']) {
  const names = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? `kept-${index}` : `${word}-${index}`));
  const manifests = names.map((name) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
    data: { text: `${word}\n`.repeat(3000) },
  }));
  output.stage(`dist/${app}`, app, manifests);
}
console.log('staged');
output.commit();
