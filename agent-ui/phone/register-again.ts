import type { UA } from 'jssip'

/** After a registration that failed it is tried again, for as long as the connection stands. */
const AGAIN_MS = 5_000
/** A password that the PBX refuses may have been mended meanwhile; asking often looks like an attack. */
const AGAIN_AFTER_REFUSAL_MS = 60_000

type Agent = Pick<UA, 'on' | 'isConnected' | 'isRegistered' | 'register'>

/** The PBX does not know the account, or not this password; without an answer the connection is what failed. */
export function isRefusal(response: { status_code: number } | null): boolean {
  return response !== null && [401, 403, 404].includes(response.status_code)
}

/**
 * JsSIP registers when it connects and once more in time; of a registration that failed it thinks no more, and a PBX
 * that is still starting may refuse the first one. Until the answer is called.
 */
export function registerAgain(agent: Agent): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  agent.on('registrationFailed', ({ response }) => {
    clearTimeout(timer)
    timer = setTimeout(tryOnce, isRefusal(response) ? AGAIN_AFTER_REFUSAL_MS : AGAIN_MS)
  })
  function tryOnce(): void {
    if (agent.isConnected() && !agent.isRegistered()) agent.register()
  }
  return () => clearTimeout(timer)
}
