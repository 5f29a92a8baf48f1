import { existsSync, globSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readConfig, type Config } from '../../server/config.ts'
import { StartError } from '../../server/errors.ts'
import { readableSecrets } from '../../server/secret-files.ts'
import { examine } from './examine.ts'
import { type Finding, right, wrong } from './finding.ts'
import { judgeAttachments, judgeWebSocket } from './judge-here.ts'
import { judgeCallbacks } from './judge-pbx.ts'
import { readSaved } from './saved-callbacks.ts'
import { seeAttachments } from './see-attachments.ts'
import { seeWebSocket } from './see-websocket.ts'

const USAGE = `npm run doctor [-- --call EXTENSION]
  Looks at each PBX of AMI_URL (environment or .env) from the outside and says what is missing.
  --call 101  also rings that phone for some seconds; no customer is dialled`

const HEAR_MS = 3_000
const WEBSOCKET_MS = 5_000
const MARKS: Record<Finding['status'], string> = { right: 'ok   ', wrong: 'WRONG', look: 'look ' }

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { call: { type: 'string' }, help: { type: 'boolean' } } })
  if (values.help === true) {
    console.log(USAGE)
    return 0
  }
  if (values.call !== undefined && !/^\d{2,6}$/.test(values.call))
    throw new StartError('--call needs an extension of 2 to 6 digits; for example --call 101')
  if (existsSync('.env')) process.loadEnvFile('.env')
  return examineAll(readConfig(), values.call ?? null)
}

async function examineAll(config: Config, testExtension: string | null): Promise<number> {
  const here = [
    ...examineFiles(config.databaseUrl),
    judgeCallbacks(config.callbacks, await readSaved(config.databaseUrl)),
    ...(await examineHere(config)),
  ]
  for (const finding of here) console.log(describe(finding))
  let faults = here.filter(({ status }) => status === 'wrong').length
  for (const pbx of config.pbxs) {
    console.log(`\n${pbx.id} at ${pbx.host}:${pbx.port}`)
    const findings = await examine({
      pbx,
      queues: config.hotlineQueues,
      recordingsDir: config.recordingsDir,
      mustConfirm: config.callbackConfirm,
      wrapUpSeconds: config.wrapUpSeconds,
      hotlineNumber: config.hotlineNumber,
      testExtension,
      hearMs: HEAR_MS,
    })
    for (const finding of findings) console.log(describe(finding))
    faults += findings.filter(({ status }) => status === 'wrong').length
  }
  console.log(faults === 0 ? '\nNothing is wrong.' : `\n${faults} to put right.`)
  return faults === 0 ? 0 : 1
}

/** What others on this machine could read: the service's own files, and the logs beside its data. */
function examineFiles(databaseUrl: string): Finding[] {
  const found = readableSecrets(databaseUrl, '.', globSync(['*.log', 'data/*.log']))
  if (found.length > 0) return found.map(({ what, fix }) => wrong(what, fix))
  return [right('.env, database and logs are for their owner alone')]
}

/** The folder for files, and the address at which pages are phones. */
async function examineHere(config: Config): Promise<Finding[]> {
  const { attachmentsDir: folder, attachmentsMaxMb, browserPhone } = config
  const url = browserPhone?.url ?? null
  const websocket = url === null ? null : await seeWebSocket(url, WEBSOCKET_MS)
  return [
    judgeAttachments(folder, await seeAttachments(folder), attachmentsMaxMb),
    judgeWebSocket(url, websocket),
  ]
}

function describe({ status, what, fix }: Finding): string {
  const indented = fix === null ? '' : `\n${fix.replaceAll(/^/gm, '          ')}`
  return `  ${MARKS[status]}  ${what}${indented}`
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof Error)) throw error
  console.error(error.message)
  process.exitCode = 2
}
