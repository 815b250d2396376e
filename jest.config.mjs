// Three packages ship ES modules only; jest runs CommonJS.
const common = {
  rootDir: '.',
  testEnvironment: 'node',
  transform: {
    '\\.(ts|mjs)$|node_modules/(@marcbachmann/cel-js|jose|cockatiel)/.+\\.js$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!@marcbachmann/cel-js/|jose/|cockatiel/)'],
  modulePathIgnorePatterns: ['<rootDir>/functions/lib', '<rootDir>/.cache'],
  setupFiles: ['<rootDir>/tools/properties/properties.ts'],
};

export default {
  testTimeout: 120_000,
  maxWorkers: 2,
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/{functions/src,tools,seed,standins}/**/*.test.ts'],
    },
    { ...common, displayName: 'rules', testMatch: ['<rootDir>/functions/test/rules/**/*.test.ts'] },
    {
      ...common,
      displayName: 'flows',
      testMatch: ['<rootDir>/functions/test/flows/**/*.test.ts'],
      setupFiles: [...common.setupFiles, '<rootDir>/functions/test/support/ownSuite.ts'],
    },
  ],
};
