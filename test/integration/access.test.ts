import { afterAll } from 'vitest'
import { describeAccess } from '../support/route-access.ts'
import { openStaffService } from './staff-fixture.ts'

const fixture = await openStaffService('sqlite')
afterAll(() => fixture.database.close())

describeAccess('the routes', fixture.routes)
