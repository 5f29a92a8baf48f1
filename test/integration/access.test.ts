import { afterAll } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { startService } from '../../server/main.ts'
import { describeAccess } from '../support/route-access.ts'

/** The whole service, so that no route can be forgotten; its PBX is never reached. */
const service = await startService(
  readConfig({
    PORT: '0',
    DATABASE_URL: 'sqlite::memory:',
    AMI_URL: 'ami://nobody:nothing@127.0.0.1:1/pbx1',
    LOG_LEVEL: 'silent',
    ADMIN_PASSWORD: 'not used in this test',
  }),
)
afterAll(() => service.stop())

describeAccess('the whole API', service.routes)
