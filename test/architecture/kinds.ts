/** What a file is, told by its path alone (`server/README.md`, "What a name says"). */

export const FEATURES = [
  'calls',
  'queues',
  'tickets',
  'callbacks',
  'calendar',
  'customers',
  'staff',
  'desk',
  'mail',
  'reports',
]

/** Last words of the names of files that do I/O, keep time or hold state. All others are pure. */
const ROLES = ['service', 'store', 'routes', 'dialer', 'password', 'import', 'worker', 'outbox']

/** Pure files of `ami/`, the one folder with adapters beside rules. */
const PURE_AMI = /^server\/ami\/(to-[a-z-]+|[a-z-]+-event|journal-entry|ami-frame|ami-encoder)\.ts$/

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
  const lastWord = /([a-z0-9]+)\.ts$/.exec(path)?.[1] ?? ''
  return ROLES.includes(lastWord) ? lastWord : null
}

export function isPure(path: string): boolean {
  if (isTest(path) || !path.endsWith('.ts')) return false
  return (featureOf(path) !== null && roleOf(path) === null) || PURE_AMI.test(path)
}

export function isContract(path: string): boolean {
  return path.startsWith('server/contract/') && !isTest(path)
}

/** Where the parts are put together: these may import from every feature. */
export function isComposition(path: string): boolean {
  return path === 'server/main.ts' || path === 'server/workflow.ts'
}
