import { look, right, wrong, type Finding } from './finding.ts'
import type { AttachmentsSeen } from './see-attachments.ts'
import type { WebSocketSeen } from './see-websocket.ts'

const MB = 1024 * 1024
/** Less room than this many of the largest files is worth a look. */
const LARGEST_FILES = 100

/** The folder of attachments, as the one who asks could use it. */
export function judgeAttachments(
  folder: string,
  { state, webRoot, freeBytes }: AttachmentsSeen,
  maxMb: number,
): Finding {
  const setting = 'set ATTACHMENTS_DIR in .env'
  if (webRoot !== null)
    return wrong(
      `attachments in ${folder} lie among web pages (${webRoot}), where anybody may fetch them`,
      `${setting} to a folder that no web server serves, for example /var/lib/hotline/attachments`,
    )
  if (state === 'no_folder')
    return wrong(`ATTACHMENTS_DIR ${folder} is no folder`, `${setting} to a folder`)
  if (state === 'unwritable')
    return wrong(
      `this user may not write attachments into ${folder}`,
      `as root: install -d -m 700 -o THE-USER-OF-THE-SERVICE ${folder}`,
    )
  const mb = freeBytes === null ? null : Math.floor(freeBytes / MB)
  const room = mb === null ? 'how much room is left cannot be told' : `${mb} MB are left`
  if (mb !== null && mb < maxMb)
    return wrong(`no room is left for attachments in ${folder}: ${room}`, 'make room on that disk')
  if (mb !== null && mb < LARGEST_FILES * maxMb)
    return look(
      `little room is left for attachments in ${folder}: ${room}`,
      'make room on that disk',
    )
  const made = state === 'makeable' ? '; the folder is made with the first file' : ''
  return right(`attachments can be written into ${folder} (${room})${made}`)
}

const HTTP_CONF =
  'http.conf on the PBX:\n  enabled = yes\n  bindaddr and bindport as BROWSER_PHONE_URL names them; for wss tlsenable, tlsbindaddr,\n  tlscertfile and tlsprivatekey, or a TLS proxy before plain ws on loopback'
const PJSIP_CONF =
  'on the PBX: modules res_http_websocket and res_pjsip_transport_websocket, and in pjsip.conf\n  [transport-wss]\n  type = transport\n  protocol = wss'

/** The WebSocket at which browser phones register, seen from this machine. Null: BROWSER_PHONE_URL is not set. */
export function judgeWebSocket(url: string | null, seen: WebSocketSeen | null): Finding {
  if (url === null || seen === null)
    return right('nobody answers in the page: BROWSER_PHONE_URL is not set')
  switch (seen.outcome) {
    case 'answers':
      return right(`browser phones reach the PBX at ${url} (${seen.reply})`)
    case 'silent':
      return wrong(`${url} takes SIP and answers none`, PJSIP_CONF)
    case 'not_sip':
      return wrong(`${url} is a WebSocket that does not speak SIP`, PJSIP_CONF)
    case 'refused':
      return wrong(
        `${url} opens no WebSocket for SIP (HTTP ${seen.status})`,
        `the path is /ws unless http.conf has a prefix; ${PJSIP_CONF}`,
      )
    case 'unreachable':
      return /certificate|self.signed|altname/i.test(seen.because)
        ? wrong(
            `browsers will not trust ${url}: ${seen.because}`,
            'a certificate of an authority that the browsers know, for the name in BROWSER_PHONE_URL;\nof an authority of your own: NODE_EXTRA_CA_CERTS=ca.pem npm run doctor',
          )
        : wrong(`${url} cannot be reached: ${seen.because}`, HTTP_CONF)
  }
}
