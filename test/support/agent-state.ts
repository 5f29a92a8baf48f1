import { agentState } from '../../server/contract/desk.ts'
import type { Listener, Person } from './person.ts'

/** Sets the wanted state and waits until the PBX shows it. */
export async function become(who: Person, at: Listener, state: 'ready' | 'offline'): Promise<void> {
  const before = at.all('agent_state').length
  const now = await who.send('POST', '/desk/state', { state }, agentState)
  if (now.confirmed) return
  await at.waitFor('agent_state', (news) => {
    const isNew = at.all('agent_state').length > before
    return isNew && news.state === state && news.confirmed
  })
}
