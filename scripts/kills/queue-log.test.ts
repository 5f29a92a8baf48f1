import { expect, test } from 'vitest'
import { parseQueueLog, queueStories } from './queue-log.ts'

const LOG = `1795768531|NONE|NONE|NONE|QUEUESTART|
1795768531|pbx1-1.1|hotline|NONE|ENTERQUEUE||0910000001|1
1795768536|pbx1-1.1|hotline|101|RINGNOANSWER|5000
1795768539|pbx1-1.1|hotline|102|CONNECT|8|pbx1-1.3|2
1795768545|pbx1-1.1|hotline|102|BLINDTRANSFER|8001|agents|8|6|1
1795768545|pbx1-1.1|hotline-tech|NONE|ENTERQUEUE||0910000001|1
1795768549|pbx1-1.1|hotline-tech|103|CONNECT|4|pbx1-1.4|2
1795768533|pbx1-1.2|hotline|NONE|ENTERQUEUE||0910000002|2
1795768540|pbx1-1.2|hotline|NONE|ABANDON|1|2|7
1795768541|pbx1-1.5|hotline|NONE|ENTERQUEUE||0910000003|1
1795768553|pbx1-1.5|hotline|NONE|EXITWITHTIMEOUT|1|1|12
1795768554|pbx1-1.6|hotline|NONE|ENT`

test('the story of a caller goes through all queues and keeps the first answer', () => {
  const [first] = queueStories(parseQueueLog(LOG))
  expect(first).toEqual({
    uniqueid: 'pbx1-1.1',
    number: '0910000001',
    queue: 'hotline',
    enteredAt: 1_795_768_531_000,
    connect: { extension: '102', at: 1_795_768_539_000, holdSeconds: 8 },
    complete: null,
    transfer: 'blind',
    abandonedAfter: null,
    timedOutAfter: null,
    askedAfter: null,
    isWithdrawn: false,
  })
})

test('who gave up, and of whom the queue gave up, waited as long as the queue says', () => {
  const stories = queueStories(parseQueueLog(LOG))
  expect(
    stories.map(({ abandonedAfter, timedOutAfter }) => [abandonedAfter, timedOutAfter]),
  ).toEqual([
    [null, null],
    [7, null],
    [null, 12],
  ])
})

test('a line that a crash cut off is no story', () => {
  expect(queueStories(parseQueueLog(LOG)).map(({ uniqueid }) => uniqueid)).not.toContain('pbx1-1.6')
})
