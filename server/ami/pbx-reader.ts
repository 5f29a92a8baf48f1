import { type AmiFrame, headerOf } from './ami-frame.ts'
import type { AmiRequests } from './ami-session.ts'
import { messageOf } from '../errors.ts'
import type { AmiAction } from './orders/ami-action.ts'
import { ActionRefused, type MembershipOrder, OutcomeUnknown, PbxNotReady } from '../ports.ts'
import { DIALPLAN_GLOBAL, readDialplanVersion } from './dialplan/dialplan-version.ts'
import { membershipActions, type OwnPhones } from './orders/pbx-actions.ts'
import { setsTag, TAGGING_QUESTION } from './dialplan/tags-seen.ts'

/** Asterisk's version, `22.10.1`; null when this AMI user may not ask, which harms nothing else. */
export async function askVersion(requests: AmiRequests): Promise<string | null> {
  try {
    const reply = await requests.request({ name: 'CoreSettings' })
    return /\d+(?:\.\d+)*/.exec(headerOf(reply, 'asteriskversion') ?? '')?.[0] ?? null
  } catch (error) {
    if (error instanceof ActionRefused) return null
    throw error
  }
}

/** The version that the dialplan states; null when it states none or may not be asked. */
export async function askDialplanVersion(requests: AmiRequests): Promise<number | null> {
  try {
    const question = { name: 'Getvar', headers: { Variable: DIALPLAN_GLOBAL } }
    return readDialplanVersion(headerOf(await requests.request(question), 'value') ?? '')
  } catch (error) {
    if (error instanceof ActionRefused) return readDialplanVersion(null)
    throw error
  }
}

/** Whether the dialplan says that it tags customers; a PBX that does not tell has not said so. */
export async function askDialplanTags(requests: AmiRequests): Promise<boolean> {
  try {
    return setsTag(await requests.list(TAGGING_QUESTION))
  } catch (error) {
    if (error instanceof ActionRefused) return false
    throw error
  }
}

/** A question that changes nothing: no answer means the PBX is not usable now. */
export async function listFrom(
  requests: Pick<AmiRequests, 'list'>,
  action: { name: string },
): Promise<AmiFrame[]> {
  try {
    return await requests.list(action)
  } catch (error) {
    if (error instanceof OutcomeUnknown) throw new PbxNotReady(error.message)
    throw error
  }
}

/** Brings one member to the ordered state; that it is so already is fine. */
export async function applyMembership(
  dialler: Pick<AmiRequests, 'request'>,
  order: MembershipOrder,
  phones: OwnPhones,
): Promise<void> {
  for (const { action, fine } of membershipActions(order, phones)) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- in order
      await dialler.request(action)
    } catch (error) {
      if (!(error instanceof ActionRefused && fine?.test(error.message))) throw error
    }
  }
}

/** What must not be written is as good as refused: nobody waits for it. */
export function actionOrRefuse<T extends AmiAction | AmiAction[]>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    throw new ActionRefused(messageOf(error))
  }
}
