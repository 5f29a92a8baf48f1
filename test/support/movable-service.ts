import { readConfig } from '../../server/config.ts'
import { startService } from '../../server/main.ts'
import { createCheapHashing } from './cheap-hashing.ts'
import { createShiftedClock } from './shifted-clock.ts'

// The program of `killable-hotline.ts`: the service by a clock that its parent moves forward.
const clock = createShiftedClock()
clock.shift(Number(process.env['CLOCK_AHEAD_MS']))
process.on('message', (ms: number) => {
  clock.shift(ms)
  process.send?.('moved')
})
// Nobody is left to end it.
process.on('disconnect', () => process.exit())
const service = await startService(readConfig(), { clock, hashing: createCheapHashing() })
process.once('SIGTERM', () => void service.stop().then(() => process.exit()))
