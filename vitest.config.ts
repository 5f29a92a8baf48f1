import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'
import { filesOfOtherTurns, readTurn } from './test/turns.ts'

/** Two at least: most tests wait for a database, not for the processor. */
const maxWorkers = Math.max(2, availableParallelism() - 1)
/** Limits of what hangs; how long a test takes says nothing on a busy machine. */
const common = {
  environment: 'node' as const,
  testTimeout: 60_000,
  hookTimeout: 60_000,
  exclude: [...configDefaults.exclude, ...filesOfOtherTurns(readTurn())],
  // Node loads the modules, as in production: a tenth less work than through Vite, and no mocked ones (test/architecture/).
  experimental: { viteModuleRunner: false, nodeLoader: false },
}
/** Modules keep nothing between tests; what waits for telephones and pages leaves room for another that does. */
const onPbxs = { maxWorkers: 2, isolate: false, sequence: { groupOrder: 1 } }
const onDatabases = { ...common, maxWorkers, globalSetup: ['test/support/drop-schemas.ts'] }

/** One project per level of test; `scripts/check` runs them in this order, `scripts/walk-day` the last one. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...onDatabases,
          name: 'unit',
          // Modules keep nothing between tests, and loading them for each file takes minutes.
          isolate: false,
          include: ['server/**/*.test.ts', 'scripts/**/*.test.ts', 'test/*.test.ts'],
        },
      },
      {
        extends: './agent-ui/vite.config.ts',
        test: {
          name: 'ui',
          root: 'agent-ui',
          maxWorkers,
          environment: 'happy-dom',
          // Loading the modules of a page anew for each file took two thirds of the time.
          isolate: false,
          setupFiles: ['test-support/each-file.ts'],
          include: ['**/*.test.{ts,tsx}'],
        },
      },
      { test: { ...onDatabases, name: 'replay', include: ['test/replay/**/*.test.ts'] } },
      {
        test: {
          ...onDatabases,
          // Half of the time they wait: for a database, a lock, a server that is silent.
          maxWorkers: maxWorkers + 1,
          sequence: { groupOrder: 2 },
          name: 'integration',
          isolate: false,
          include: ['test/integration/**/*.test.ts'],
          maxConcurrency: 20,
        },
      },
      {
        test: {
          ...common,
          ...onPbxs,
          name: 'asterisk',
          globalSetup: ['test/asterisk/install-lab.ts'],
          include: ['test/asterisk/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...common,
          ...onPbxs,
          name: 'browser',
          globalSetup: ['test/asterisk/install-lab.ts'],
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...common,
          ...onPbxs,
          name: 'walk',
          globalSetup: ['test/asterisk/install-lab.ts'],
          include: ['test/walk/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
