import type {
  PenaltyOrder,
  PhoneUse,
  SpyOrder,
  SteeringTelephony,
  WaitingInQueue,
} from '../../server/control/steering/steering-order.ts'

type Withdrawal = Parameters<SteeringTelephony['withdraw']>[0]

/** What supervisors had a scripted PBX do, and how it takes it. */
export interface FakeSteering extends SteeringTelephony {
  readonly spies: SpyOrder[]
  readonly spiesChanged: Pick<SpyOrder, 'pbxId' | 'channelId' | 'mode'>[]
  readonly movedUp: WaitingInQueue[]
  readonly withdrawals: Withdrawal[]
  readonly penalties: PenaltyOrder[]
  /** What the phone of an extension does; free unless said. */
  readonly phoneUses: Map<string, PhoneUse>
  /** Uniqueids of whom the PBX knows in no queue. */
  readonly notWaiting: Set<string>
  /** Every order throws it, until null. */
  failWith(error: Error | null): void
  /** Runs once the PBX has taken an order: what it does then. */
  onOrder(react: (order: SpyOrder | Withdrawal | PenaltyOrder) => void): void
}

function ignore(): void {}

export function createFakeSteering(requireReady: (pbxId: string) => void): FakeSteering {
  let error: Error | null = null
  let react: Parameters<FakeSteering['onOrder']>[0] = ignore
  function take(pbxId: string): void {
    requireReady(pbxId)
    if (error !== null) throw error
  }
  const fake: FakeSteering = {
    spies: [],
    spiesChanged: [],
    movedUp: [],
    withdrawals: [],
    penalties: [],
    phoneUses: new Map(),
    notWaiting: new Set(),
    failWith: (next) => void (error = next),
    onOrder: (reaction) => void (react = reaction),
    async spy(order) {
      take(order.pbxId)
      fake.spies.push(order)
      react(order)
    },
    async changeSpy(order) {
      take(order.pbxId)
      fake.spiesChanged.push(order)
      return true
    },
    async phoneUse(pbxId, extension) {
      requireReady(pbxId)
      return fake.phoneUses.get(extension) ?? 'free'
    },
    async moveUp(order) {
      take(order.pbxId)
      if (fake.notWaiting.has(order.uniqueid)) return false
      fake.movedUp.push(order)
      return true
    },
    async withdraw(order) {
      take(order.pbxId)
      if (fake.notWaiting.has(order.uniqueid)) return false
      fake.withdrawals.push(order)
      react(order)
      return true
    },
    async setPenalty(order) {
      take(order.pbxId)
      fake.penalties.push(order)
      react(order)
    },
  }
  return fake
}
