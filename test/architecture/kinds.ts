/** What a file is, told by its path alone (`server/README.md`, "What a name says"). */

export const FEATURES = [
  'calls',
  'queues',
  'tickets',
  'pops',
  'callbacks',
  'calendar',
  'customers',
  'staff',
  'control',
  'desk',
  'mail',
  'reports',
  'schedule',
  'process',
  'clocks',
  'guidance',
  'receipts',
  'teams',
  'notifications',
  'outages',
  'phones',
  'drafts',
  'text-modules',
  'search',
  'views',
  'shift',
  'wall',
  'alarms',
]

/** Pure files at the top of the server. */
const PURE_AT_TOP = [
  'server/time.ts',
  'server/page.ts',
  'server/domain-fact.ts',
  'server/casework-fact.ts',
  'server/fact-lines.ts',
]

/** Last words of the names of files that do I/O, keep time or hold state. All others are pure. */
const ROLES = 'service store routes feature loop jobs password import worker outbox'.split(' ')

/** The same for `ami/`, the one folder with adapters beside rules. */
const ADAPTERS =
  'connection session actions telephony link resync pbx pbxs client reader recorder tape gateway adapter'.split(
    ' ',
  )

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.startsWith('test/') || path.includes('/test-support/')
}

/** `calls` for `server/calls/call-store.ts`; null outside the feature folders. */
export function featureOf(path: string): string | null {
  const folder = /^server\/([a-z-]+)\//.exec(path)?.[1]
  return folder !== undefined && FEATURES.includes(folder) ? folder : null
}

/** `store` for `server/calls/call-store.ts`; null for a pure file. */
export function roleOf(path: string): string | null {
  if (isContract(path)) return null
  const lastWord = lastWordOf(path)
  return ROLES.includes(lastWord) ? lastWord : null
}

function lastWordOf(path: string): string {
  return /([a-z0-9]+)\.ts$/.exec(path)?.[1] ?? ''
}

export function isPure(path: string): boolean {
  if (isTest(path) || !path.endsWith('.ts') || path.endsWith('.d.ts')) return false
  if (path.startsWith('server/ami/')) return !ADAPTERS.includes(lastWordOf(path))
  if (PURE_AT_TOP.includes(path)) return true
  return featureOf(path) !== null && roleOf(path) === null
}

export function isContract(path: string): boolean {
  return path.startsWith('server/contract/') && !isTest(path)
}

/** Where the parts are put together: these may import from every feature. */
export function isComposition(path: string): boolean {
  return [
    'main',
    'wiring',
    'house',
    'callwork',
    'casework',
    'workflow',
    'casework-flow',
    'promise-workflow',
    'outage-workflow',
    'workflows/shift-workflow',
    'workflows/supervision-workflow',
  ].some((name) => path === `server/${name}.ts`)
}
