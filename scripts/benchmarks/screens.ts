import { io } from 'socket.io-client'

/**
 * Many supervisors' screens in a process of their own: `node screens.ts URL COUNT MESSAGES`. Says
 * `open` when all are connected and have their first message, `all` when each has had MESSAGES
 * patches.
 */
const [url = '', count = '', messages = ''] = process.argv.slice(2)
const wanted = Number(count) * Number(messages)
let welcomed = 0
let received = 0

for (let index = 0; index < Number(count); index += 1) {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie: 'hotline_session=screen' },
  })
  socket.once('queues_snapshot', () => {
    welcomed += 1
    if (welcomed === Number(count)) console.log('open')
  })
  socket.on('queues_patch', () => {
    received += 1
    if (received === wanted) console.log('all')
  })
}
