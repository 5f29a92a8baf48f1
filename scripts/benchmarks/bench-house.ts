import type { Database } from '../../server/db/transaction.ts'
import { buildHouse, type House } from '../../server/house.ts'
import { createLogger } from '../../server/logger.ts'
import { type Clock, type Notifier, PbxNotReady, type Telephony } from '../../server/ports.ts'
import { createPasswordHashing } from '../../server/staff/password.ts'
import { newUuid } from '../../server/system-clock.ts'

export interface BenchHouseOptions {
  database: Database
  clock: Clock
  notifier?: Notifier
  queues?: string[]
}

/** The house as production builds it, without PBXs; nobody listens unless a notifier is given. */
export async function openBenchHouse(options: BenchHouseOptions): Promise<House> {
  const { database, clock, notifier = DEAF, queues: hotlineQueues = ['hotline'] } = options
  const login = { username: 'bench', secret: 'bench' }
  const house: House = buildHouse({
    settings: {
      pbxs: [{ id: 'pbx1', host: '127.0.0.1', port: 1, ...login, dialer: login }],
      hotlineNumber: '19000382',
      hotlineQueues,
      callbacks: {
        hoursFrom: '00:00',
        hoursTo: '24:00',
        delayMinutes: 30,
        retries: 0,
        customerFirstQueue: null,
      },
      callbackConfirm: true,
      browserPhone: null,
      sealingKey: null,
      shortestTalkSeconds: 10,
      faultsSolvedOnCall: true,
      offlineWithoutPageMinutes: 0,
      wrapUpSeconds: 0,
      attachmentsDir: '/dev/null/no-folder',
      attachmentsMaxMb: 10,
      sessionHours: 12,
      adminPassword: null,
      secure: false,
      appVersion: 'bench',
    },
    database,
    clock,
    newId: newUuid,
    notifier,
    logger: createLogger({ level: 'error' }),
    hashing: createPasswordHashing(),
    createTelephony: () => NO_PBX,
  })
  await house.people.staff.load()
  await house.calendar.start()
  return house
}

const NO_PBX: Telephony = {
  status: () => [],
  originateCallback: async () => Promise.reject(new PbxNotReady('no PBX')),
  keepPlace: async () => undefined,
  ringCustomer: async () => undefined,
  confirmCallback: async () => Promise.reject(new PbxNotReady('no PBX')),
  hangUp: async () => Promise.reject(new PbxNotReady('no PBX')),
  endChannel: async () => false,
  transferCaller: async () => false,
  consult: async () => false,
  spy: async () => undefined,
  changeSpy: async () => false,
  phoneUse: async () => 'away',
  moveUp: async () => false,
  withdraw: async () => false,
  setPenalty: async () => undefined,
  isChannelLive: async () => false,
  readCallbackJournal: async () => null,
  bootedAt: () => null,
  resync: () => undefined,
  askJournal: () => undefined,
  setMembership: async () => undefined,
}

/** What is measured ends when the rows are safe. */
const DEAF: Notifier = {
  screenPop: () => undefined,
  deskCall: () => undefined,
  agentState: () => undefined,
  callUpdated: () => undefined,
  outgoingCallUpdated: () => undefined,
  ticketUpdated: () => undefined,
  ticketPresence: () => undefined,
  callbackUpdated: () => undefined,
  notification: () => undefined,
  helpChanged: () => undefined,
  outagesChanged: () => undefined,
  queuesPatch: () => undefined,
  pbxStatus: () => undefined,
  serviceStatus: () => undefined,
  alarmsChanged: () => undefined,
  wallBoard: () => undefined,
  closeWalls: () => undefined,
  disconnect: () => undefined,
}
