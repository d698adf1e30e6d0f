/**
 * What `.npmrc` loads into every Node process that npm and npx start here. It makes `npx cdk8s synth` start faster and
 * work without a network, and leaves out its stack trace where the app has refused; everything else it leaves alone.
 */
const Module = require('node:module');
const path = require('node:path');

// The path in NODE_OPTIONS is relative: a child process in another folder would not find it, nor would an npm started there.
delete process.env.npm_config_node_options;
const others = (process.env.NODE_OPTIONS ?? '')
  .split(' ')
  .filter((option) => option !== '' && !/^--require=.*\bpreload(\.cjs)?$/.test(option));
if (others.length > 0) process.env.NODE_OPTIONS = others.join(' ');
else delete process.env.NODE_OPTIONS;

if (/^cdk8s(\.js)?$/.test(path.basename(process.argv[1] ?? ''))) {
  // Asking the registry for a newer version waits for it without a limit, and cdk8s.yaml has no key that stops it.
  process.env.CDK8S_CHECK_UPGRADE ??= 'false';
  tellRefusalsShortly();
  loadOnFirstUse(['../../import/dispatch', '../../import/k8s', 'cdk8s', 'jsii-pacmak', 'jsii-pacmak/lib/targets/version-utils', 'table']);
}

/** The app has said what is wrong; the CLI adds the way through its own code, as if it had crashed. What it says of other failures stays. */
function tellRefusalsShortly() {
  const { error } = console;
  const isRefusal = (thing) => thing instanceof Error && /^command .* returned a non-zero exit code \d+$/s.test(thing.message);
  console.error = (...things) => error(...things.map((thing) => (isRefusal(thing) ? thing.message : thing)));
}

/** Every command of the CLI loads what all of them need, jsii and TypeScript included: `synth` uses none of these. */
function loadOnFirstUse(requests) {
  const load = Module._load;

  Module._load = (request, parent, isMain) => {
    if (!requests.includes(request) || !parent?.filename.includes('cdk8s-cli')) return load(request, parent, isMain);
    const get = (_, name) => (name === '__esModule' ? true : load(request, parent, isMain)[name]);
    return new Proxy({}, { get });
  };
}
