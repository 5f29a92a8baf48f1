import { defineConfig } from 'vitest/config'

const common = { environment: 'node' as const, testTimeout: 20_000, hookTimeout: 60_000 }
const onDatabases = { ...common, globalSetup: ['test/support/drop-schemas.ts'] }

/** One project per level of test; `scripts/check` runs them in this order. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...onDatabases,
          name: 'unit',
          // Modules keep nothing between tests: loading them once saves two minutes.
          isolate: false,
          include: ['server/**/*.test.ts', 'scripts/**/*.test.ts', 'test/*.test.ts'],
        },
      },
      {
        extends: './agent-ui/vite.config.ts',
        test: {
          name: 'ui',
          root: 'agent-ui',
          environment: 'happy-dom',
          include: ['**/*.test.{ts,tsx}'],
        },
      },
      { test: { ...onDatabases, name: 'replay', include: ['test/replay/**/*.test.ts'] } },
      {
        test: {
          ...onDatabases,
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          // Tests that are run side by side mostly wait: for a lock, or a server that is silent.
          maxConcurrency: 20,
        },
      },
      {
        test: {
          ...common,
          name: 'asterisk',
          globalSetup: ['test/asterisk/install-lab.ts'],
          include: ['test/asterisk/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...common,
          name: 'browser',
          globalSetup: ['test/asterisk/install-lab.ts'],
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
