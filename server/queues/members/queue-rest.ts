import type { QueueEvent, QueueMemberView } from '../queue-event.ts'

/**
 * Members rest after a call as long as their queue says (`wrapuptime` of queues.conf), which AMI does not tell:
 * it tells 0 of everybody who has no time of their own.
 */
export function withQueueRest(event: QueueEvent, seconds: number): QueueEvent {
  switch (event.type) {
    case 'member_added':
    case 'member_status':
      return { ...event, member: rested(event.member, seconds) }
    case 'members_seen':
    case 'queue_snapshot':
      return { ...event, members: event.members.map((member) => rested(member, seconds)) }
    case 'caller_joined':
    case 'caller_left':
    case 'line_seen':
    case 'member_removed':
      return event
  }
}

function rested(member: QueueMemberView, seconds: number): QueueMemberView {
  return member.wrapUpSeconds === 0 ? { ...member, wrapUpSeconds: seconds } : member
}
