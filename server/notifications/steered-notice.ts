import type { Notice } from './notification.ts'

/** What an agent is told of a supervisor's command; nobody is told of what they did themselves. */
export function steeredNotice(
  { actorId, detail }: { actorId: string; detail: Record<string, string> },
  { staffId, by, noticeId }: { staffId: string; by: string; noticeId: string },
): Notice {
  return {
    staffIds: staffId === actorId ? [] : [staffId],
    kind: 'member_steered',
    ticketId: null,
    fields: { ...detail, by },
    onceKey: noticeId,
  }
}
