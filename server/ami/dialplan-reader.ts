import { headerOf } from './ami-frame.ts'
import type { AmiRequests } from './ami-session.ts'
import { ActionRefused } from '../ports.ts'
import { DIALPLAN_GLOBAL, readDialplanVersion } from './dialplan/dialplan-version.ts'
import { TAG_SET, TAGGING_CONTEXT } from './dialplan/tags-seen.ts'

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
export async function askDialplan(requests: AmiRequests): Promise<boolean> {
  try {
    const headers = { Context: TAGGING_CONTEXT }
    const lines = await requests.list({ name: 'ShowDialPlan', headers })
    return lines.some((line) => TAG_SET.test(headerOf(line, 'appdata') ?? ''))
  } catch (error) {
    if (error instanceof ActionRefused) return false
    throw error
  }
}
