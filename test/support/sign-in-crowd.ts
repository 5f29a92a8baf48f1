import type { PasswordHashing } from '../../server/staff/password.ts'

export type SignInCrowd = ReturnType<typeof createSignInCrowd>

/**
 * Lets sign-ins meet: `atOnce` sends requests of which none is given a turn at the passwords before
 * each stands there or was refused. A slow hash does the same to a crowd, by chance.
 */
export function createSignInCrowd(hashing: PasswordHashing) {
  let missing = 0
  let gathered = Promise.withResolvers<void>()
  gathered.resolve()

  function arrive(): void {
    if (missing > 0 && --missing === 0) gathered.resolve()
  }

  async function atOnce<T>(requests: readonly PromiseLike<T>[]): Promise<T[]> {
    missing = requests.length
    gathered = Promise.withResolvers<void>()
    return Promise.all(
      requests.map(async (request) => {
        const answer = await request
        arrive()
        return answer
      }),
    )
  }

  const meeting: PasswordHashing = {
    ...hashing,
    async atTurn(place, task) {
      arrive()
      await gathered.promise
      return hashing.atTurn(place, task)
    },
  }

  return { hashing: meeting, atOnce }
}
