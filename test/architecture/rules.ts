import { featureOf, isComposition, isContract, isPure, isTest, roleOf } from './kinds.ts'
import type { Import, SourceFile } from './source-file.ts'

/** One rule of the house: `check` says what breaks it, one line per place; nothing when all is well. */
export interface Rule {
  name: string
  check: (files: SourceFile[]) => string[]
}

const code = (file: SourceFile): boolean => !isTest(file.path)
const inServer = (file: SourceFile): boolean => code(file) && file.path.startsWith('server/')

/** Stores that know no feature's rules: the columns of what falls due are of one shape everywhere. */
const SHARED_STORES = ['server/schedule/due-store.ts', 'server/schedule/rewrite-store.ts']

/** The rules of who may import whom and of what each kind of file may do. */
export const RULES: Rule[] = [
  onlyIn('asterisk-manager', (path) => path === 'server/ami/ami-connection.ts'),
  onlyIn('socket.io', (path) => path.startsWith('server/realtime/')),
  onlyIn('better-sqlite3', (path) => path.startsWith('server/db/')),
  onlyIn('node-cron', (path) => path === 'server/schedule/recurring-jobs.ts'),
  onlyIn('pg', (path) => path.startsWith('server/db/')),
  onlyIn('express', (path) => path.startsWith('server/http/')),
  onlyIn('kysely', (path) => path.startsWith('server/db/') || roleOf(path) === 'store'),
  imports(
    'nothing imports another feature’s store or service',
    (file) => inServer(file) && !isComposition(file.path),
    (used, file) => {
      const role = used.file === null ? null : roleOf(used.file)
      const feature = used.file === null ? null : featureOf(used.file)
      const foreign = feature !== null && feature !== featureOf(file.path)
      const isShared = used.file !== null && SHARED_STORES.includes(used.file)
      return isShared || !(foreign && (role === 'store' || role === 'service'))
    },
  ),
  imports(
    'routes reach SQL only through a service',
    (file) => code(file) && roleOf(file.path) === 'routes',
    (used) => used.file === null || (roleOf(used.file) !== 'store' && !isDatabase(used.file)),
  ),
  imports(
    'services and stores know nothing of HTTP, sockets and Asterisk',
    (file) => code(file) && ['service', 'store'].includes(roleOf(file.path) ?? ''),
    (used) => used.file === null || !/^server\/(http|realtime|ami)\//.test(used.file),
  ),
  imports(
    'a store asks nobody but the database and pure files',
    (file) => code(file) && roleOf(file.path) === 'store',
    (used) => used.file === null || roleOf(used.file) === null || roleOf(used.file) === 'store',
  ),
  imports(
    'features know no adapter: sockets, HTTP server and Asterisk come as ports',
    (file) => code(file) && featureOf(file.path) !== null,
    (used) =>
      used.file === null ||
      !/^server\/(realtime|ami)\//.test(used.file) ||
      used.file.startsWith('server/http/'),
  ),
  imports(
    'pure files import only zod, pure files and #contract, and the shapes of rows as types',
    (file) => isPure(file.path),
    (used) =>
      used.file === null
        ? used.specifier === 'zod'
        : isPure(used.file) ||
          isContract(used.file) ||
          used.file === 'server/errors.ts' ||
          (used.typeOnly && used.file === 'server/db/schema.ts'),
  ),
  imports(
    'the contract imports only zod and itself',
    (file) => isContract(file.path),
    (used) => (used.file === null ? used.specifier === 'zod' : isContract(used.file)),
  ),
  imports(
    'the pages import only #contract, themselves and packages for browsers',
    (file) => file.path.startsWith('agent-ui/') && !isTest(file.path),
    (used, file) =>
      used.file === null
        ? file.path.startsWith('agent-ui/vite') || !isServerPackage(used.specifier)
        : used.file.startsWith('agent-ui/') || isContract(used.file),
  ),
  imports(
    'the server imports neither pages, scripts nor tests',
    inServer,
    (used) => used.file === null || used.file.startsWith('server/'),
  ),
  imports(
    'scripts do not import tests',
    (file) => code(file) && file.path.startsWith('scripts/'),
    (used) => used.file === null || !used.file.startsWith('test/'),
  ),
  imports('no barrels', code, (used, file) => !used.reExport || isContract(file.path)),
  lines(
    'the environment is read only in config.ts and scripts',
    (file) => inServer(file) && file.path !== 'server/config.ts',
    /\bprocess\s*\.\s*env\b/,
  ),
  lines(
    'console is for main.ts and scripts',
    (file) => inServer(file) && file.path !== 'server/main.ts',
    /\bconsole\s*\.\s*\w/,
  ),
  lines(
    'pure files know no clock, chance, timer or process',
    (file) => isPure(file.path),
    /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bMath\.random\b|\bset(Timeout|Interval|Immediate)\b|\bprocess\b|\bperformance\b|\bcrypto\b|\brandomUUID\b|\bqueueMicrotask\b|\bfetch\(/,
  ),
  lines(
    'services take time and chance from their ports',
    (file) => code(file) && featureOf(file.path) !== null && !isPure(file.path),
    /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bset(Timeout|Interval)\b/,
  ),
  lines(
    'tests wait by `eventually`, whose limit is none of a quiet machine',
    (file) => !['test/support/eventually.ts', 'test/architecture.test.ts'].includes(file.path),
    /\bvi\.waitFor\((?![^\n]*WITHIN_MS)/,
  ),
  lines(
    'tests of the service mock no module: Node loads the real one whatever they ask',
    (file) => !file.path.startsWith('agent-ui/') && file.path !== 'test/architecture.test.ts',
    /\bvi\.(doMock|mock)\(/,
  ),
  lines(
    'names are exported by name',
    (file) => code(file) && !file.path.endsWith('.config.ts') && !file.path.endsWith('.d.ts'),
    /^export default\b/,
  ),
  {
    name: 'no file name that says nothing',
    check: (files) =>
      files
        .filter((file) =>
          /(^|[/-])(manager|helpers?|utils?|common|data|info)\.tsx?$/.test(file.path),
        )
        .map((file) => `${file.path} needs a name that says what it is for`),
  },
]

/** A package that one place alone may use; benchmarks and tests use it as the peer to beat. */
function onlyIn(name: string, allowed: (path: string) => boolean): Rule {
  const itself = (specifier: string) => specifier === name || specifier.startsWith(`${name}/`)
  return imports(
    `${name} only where it belongs`,
    (file) => inServer(file) || file.path.startsWith('agent-ui/'),
    (used, file) => !itself(used.specifier) || allowed(file.path),
  )
}

function imports(
  name: string,
  applies: (file: SourceFile) => boolean,
  allowed: (used: Import, file: SourceFile) => boolean,
): Rule {
  return {
    name,
    check: (files) =>
      files
        .filter(applies)
        .flatMap((file) =>
          file.imports
            .filter((used) => !allowed(used, file))
            .map((used) => `${file.path} imports ${used.specifier}`),
        ),
  }
}

function lines(name: string, applies: (file: SourceFile) => boolean, wrong: RegExp): Rule {
  return {
    name,
    check: (files) =>
      files.filter(applies).flatMap((file) =>
        file.code.split('\n').flatMap((line, index) => {
          const found = wrong.exec(line)
          return found === null ? [] : [`${file.path}:${index + 1} has ${found[0]}`]
        }),
      ),
  }
}

function isDatabase(path: string): boolean {
  return path.startsWith('server/db/')
}

const SERVER_PACKAGES =
  /^(node:|asterisk-manager|better-sqlite3|express|helmet|kysely|pg|pino|prom-client|socket\.io$|libphonenumber-js|node-cron)/

function isServerPackage(specifier: string): boolean {
  return SERVER_PACKAGES.test(specifier)
}
