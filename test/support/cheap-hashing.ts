import { createPasswordHashing } from '../../server/staff/password.ts'

/** As in production but for the cost, which is a hundredth: a suite signs in a thousand times. */
export const createCheapHashing = () =>
  createPasswordHashing({ memoryKib: 256, passes: 1, lanes: 1 })
