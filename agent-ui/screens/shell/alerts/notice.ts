/** Notices of the same name replace each other: several tabs show one. */
const TAG = 'hotline.call'

export type NoticeLeave = NotificationPermission | 'unsupported'

/** Whether this browser lets the page ask the system to show a notice. */
export function noticeLeave(): NoticeLeave {
  return 'Notification' in globalThis ? Notification.permission : 'unsupported'
}

/** Asks the person, whom a browser asks only after a click. */
export async function askNoticeLeave(): Promise<NoticeLeave> {
  return noticeLeave() === 'unsupported' ? 'unsupported' : Notification.requestPermission()
}

/** Shows it where the person is; a click leads to the page. The answer takes it back. */
export function showNotice(text: string): (() => void) | null {
  if (noticeLeave() !== 'granted') return null
  const notice = new Notification(text, { tag: TAG, requireInteraction: true })
  notice.addEventListener('click', () => {
    window.focus()
    notice.close()
  })
  return () => notice.close()
}
