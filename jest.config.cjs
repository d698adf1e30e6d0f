/** One transform for tests and nothing else: types are checked by tsc, not here. */
module.exports = {
  maxWorkers: '100%', // by default one core stays idle, which is half of a small machine
  testMatch: ['<rootDir>/main.test.ts', '<rootDir>/{lib,tools,acceptance}/**/*.test.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  modulePathIgnorePatterns: ['<rootDir>/.slipway/', '<rootDir>/.synth/'],
  snapshotSerializers: ['<rootDir>/lib/testing/yaml-serializer.ts'],
};
