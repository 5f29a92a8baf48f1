import { afterAll, beforeAll } from 'vitest'
import { theCase } from './case.ts'
import { closeDay, openDay } from './day.ts'
import { deskWork } from './desk-work.ts'
import { reception } from './reception.ts'
import { restarts } from './restarts.ts'

// One day, scene after scene: each begins where the one before it ended.
beforeAll(openDay)
afterAll(closeDay)

reception()
theCase()
deskWork()
restarts()
