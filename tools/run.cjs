/**
 * Runs a TypeScript file: `node tools/run.cjs main.ts --check`.
 *
 * esbuild bundles the file with everything it imports; the bundle stays in `.slipway/run` together with V8's compiled
 * code, so that a run with unchanged sources starts within milliseconds. Types are checked by tsc, not here.
 */
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const v8 = require('node:v8');
const vm = require('node:vm');
const { workerData } = require('node:worker_threads');

// What runs here is short: optimizing code costs more than it gains (5 % of a synth). And what a synth makes is soon garbage:
// collecting it early costs a large fleet as much, and keeps its memory near that of a few targets.
v8.setFlagsFromString('--interrupt-budget=400000 --semi-space-growth-factor=1 --heap-growing-percent=50');

const root = path.dirname(__dirname);
const entry = path.resolve(process.argv[2] ?? 'main.ts');
const cache = path.join(root, '.slipway', 'run', path.relative(root, entry).replaceAll(/[^\w.-]/g, '_'));
const file = (name) => path.join(cache, name);

/** Gives each module the folder of its source, which a bundle loses: files beside it are read from there. */
const foldersOfSources = {
  name: 'folders-of-sources',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path: source }) => {
      const text = await fs.promises.readFile(source, 'utf8');
      return {
        contents: text.includes('__dirname') ? `const __dirname=${JSON.stringify(path.dirname(source))};${text}` : text,
        loader: 'ts',
      };
    });
  },
};

const kept = keptBundle();
if (kept) run(kept);
else bundle().then(run);

/** The bundle of an earlier run, unless one of its inputs has changed since. */
function keptBundle() {
  return attempt(() => {
    const { node, hash, inputs } = JSON.parse(fs.readFileSync(file('inputs.json'), 'utf8'));
    if (node !== process.version || inputs.some(([input, stamp]) => stampOf(input) !== stamp)) return undefined;
    return { hash, inputs, code: fs.readFileSync(file(`${hash}.js`), 'latin1') }; // esbuild writes ASCII, which latin1 reads without decoding
  });
}

/** What tells one state of a file from another. The last change of its status betrays edits that restore size and time. */
function stampOf(input) {
  const { size, mtimeMs, ctimeMs } = fs.statSync(path.join(root, input));
  return `${size} ${mtimeMs} ${ctimeMs}`;
}

/** Whether files were touched before a time, ms since 1970. Their clock may be behind by a tick. */
function areOlder(inputs, time) {
  return inputs.every(([, stamp]) => Number(stamp.split(' ').at(-1)) < time - 20);
}

async function bundle() {
  const started = Date.now();
  const esbuild = require('esbuild');
  const form = { bundle: true, platform: 'node', target: 'node20', format: 'cjs', minifyWhitespace: true, external: ['esbuild'] };
  const output = { outfile: file('bundle.js'), write: false, metafile: true, sourcemap: 'external', sourcesContent: false };
  const result = await esbuild
    .build({ entryPoints: [entry], absWorkingDir: root, logLevel: 'silent', plugins: [foldersOfSources], ...form, ...output })
    .catch((failure) => {
      if (failure.errors === undefined) throw failure;
      const messages = esbuild.formatMessagesSync(failure.errors, { kind: 'error', color: process.stderr.isTTY });
      console.error(messages.join('').trimEnd());
      process.exit(1);
    });
  const [map, { contents, text: code }] = result.outputFiles;
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 16);
  const inputs = [...Object.keys(result.metafile.inputs), 'package-lock.json', 'tsconfig.json', 'tools/run.cjs'];
  const stamps = inputs.map((input) => [input, stampOf(input)]);

  // A file that changed while it was being bundled may be in the bundle in its earlier state: then the next run bundles again.
  if (areOlder(stamps, started)) {
    attempt(() => fs.rmSync(cache, { recursive: true, force: true }));
    keep(`${hash}.js`, contents);
    keep(`${hash}.map`, map.contents);
    keep('inputs.json', JSON.stringify({ node: process.version, hash, inputs: stamps }));
  }
  return { hash, inputs: stamps, code, map: map.text };
}

/** Runs that overlap replace each other's files whole. */
function keep(name, contents) {
  const scratch = file(`${name}.${process.pid}`);
  attempt(() => {
    fs.mkdirSync(cache, { recursive: true });
    fs.writeFileSync(scratch, contents);
    fs.renameSync(scratch, file(name));
  });
}

/** A cache that cannot be written or read costs time, not the run: another one may be replacing it this moment. */
function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function run({ hash, inputs, code, map }) {
  // What was touched since the first thread began may not be what that one runs.
  if (workerData !== null && !areOlder(inputs, workerData.olderThanMs)) process.exit();

  const filename = file(`${hash}.js`);
  const cachedData = attempt(() => fs.readFileSync(file(`${hash}.compiled`)));
  const columnOffset = -Module.wrap('').indexOf('\n'); // what the wrapper puts before the first line
  const script = new vm.Script(Module.wrap(code), { filename, columnOffset, ...(cachedData && { cachedData }) });
  if (cachedData === undefined || script.cachedDataRejected) {
    // After the run, so that the functions it needed are among it.
    process.once('exit', (status) => status === 0 && keep(`${hash}.compiled`, script.createCachedData()));
  }

  Error.prepareStackTrace = (error, frames) => [String(error), ...frames.map((frame) => `    at ${located(frame)}`)].join('\n');
  let lines;
  const located = (frame) => {
    if (frame.getFileName() !== filename) return String(frame);
    lines ??= attempt(() => new Module.SourceMap(JSON.parse(map ?? fs.readFileSync(file(`${hash}.map`), 'utf8'))));
    const { originalSource, originalLine, originalColumn } = lines?.findEntry(frame.getLineNumber() - 1, frame.getColumnNumber() - 1) ?? {};
    if (originalSource === undefined) return String(frame);
    const place = `${path.relative(process.cwd(), path.resolve(cache, originalSource))}:${originalLine + 1}:${originalColumn + 1}`;
    return String(frame).replace(`${filename}:${frame.getLineNumber()}:${frame.getColumnNumber()}`, place);
  };
  // Node would print the line of the bundle, which is thousands of characters long.
  process.on('uncaughtException', (error) => {
    console.error(error?.stack ?? error);
    process.exit(1);
  });

  process.argv.splice(1, 2, entry);
  const module = { exports: {} };
  script.runInThisContext()(module.exports, Module.createRequire(entry), module, filename, path.dirname(entry));
}
