import { headerOf } from './ami-frame.ts'
import type { AmiRequests } from './ami-session.ts'
import { ActionRefused } from '../ports.ts'
import { DIALPLAN_GLOBAL, readDialplanVersion } from './dialplan/dialplan-version.ts'
import { setsTag, TAGGING_QUESTION } from './dialplan/tags-seen.ts'

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
